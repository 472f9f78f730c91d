package dev.millrace.sink.maintain;

import static org.jooq.impl.DSL.function;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.val;

import dev.millrace.failure.MillraceException;
import dev.millrace.sink.write.Sql;
import dev.millrace.sink.write.SqlFailures;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jooq.Field;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.SQLDataType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection for a pass: every transaction of the pass, and the advisory lock that makes its
 * process the only one. Lock and steps share the connection, so that whoever has lost the one can
 * do none of the others. One thread.
 */
final class Session implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Session.class);

  /** The name of the product in ASCII. */
  private static final long LEADER = 0x6D696C6C72616365L;

  /** The pool's limit is meant for batches; this, for copying a large chunk to the archive. */
  private static final Duration ANSWER_LIMIT = Duration.ofMinutes(10);

  private final Connection connection;
  private final Duration lockTimeout;
  private boolean leads;

  private Session(Connection connection, Duration lockTimeout) {
    this.connection = connection;
    this.lockTimeout = lockTimeout;
  }

  /** A session that can only read. */
  static Session reading(DataSource pool, Duration lockTimeout) {
    return open(pool, lockTimeout, true);
  }

  static Session writing(DataSource pool, Duration lockTimeout) {
    return open(pool, lockTimeout, false);
  }

  private static Session open(DataSource pool, Duration lockTimeout, boolean readOnly) {
    try {
      var connection = pool.getConnection();
      try {
        connection.setAutoCommit(false);
        connection.setReadOnly(readOnly);
        connection.setNetworkTimeout(Runnable::run, (int) ANSWER_LIMIT.toMillis());
      } catch (SQLException failed) {
        connection.close();
        throw failed;
      }
      return new Session(connection, lockTimeout);
    } catch (SQLException failed) {
      throw failure("connecting", failed);
    }
  }

  /** Becomes the one that maintains this database, until closed; false if another one is. */
  boolean lead() {
    leads =
        run(
            "becoming the leader",
            at -> Sql.on(at).fetchValue(select(lock("pg_try_advisory_lock"))));
    return leads;
  }

  /**
   * Does some work in a transaction of its own.
   *
   * @param what the work in words, for the message of a failure
   * @throws MillraceException a {@link MaintenanceFailure}
   */
  <T> T run(String what, Function<Connection, T> work) {
    try {
      Sql.on(connection).fetchValue(select(setLockTimeout()));
      var answer = work.apply(connection);
      connection.commit();
      return answer;
    } catch (SQLException failed) {
      throw rolledBack(what, failed);
    } catch (DataAccessException failed) {
      throw rolledBack(what, Sql.unwrap(failed));
    }
  }

  private MillraceException rolledBack(String what, SQLException failed) {
    try {
      connection.rollback();
    } catch (SQLException gone) {
      // A connection that cannot even roll back is gone, and its transaction with it.
      failed.addSuppressed(gone);
    }
    return failure(what, failed);
  }

  private Field<String> setLockTimeout() {
    return function(
        "set_config",
        SQLDataType.VARCHAR,
        inline("lock_timeout"),
        val(lockTimeout.toMillis() + "ms"),
        inline(true));
  }

  private static Field<Boolean> lock(String function) {
    return function(function, SQLDataType.BOOLEAN, inline(LEADER));
  }

  private static MillraceException failure(String what, SQLException failed) {
    var code = MaintenanceFailure.of(failed);
    return new MillraceException(code, SqlFailures.describe(what, failed) + code.remedy(), failed);
  }

  @Override
  public void close() {
    try (connection) {
      if (leads) {
        run("giving up the lead", at -> Sql.on(at).fetchValue(select(lock("pg_advisory_unlock"))));
      }
    } catch (SQLException | MillraceException failed) {
      // The lock ends with its connection.
      LOG.warn("{}", failed.getMessage());
      abort();
    }
  }

  private void abort() {
    try {
      connection.abort(Runnable::run);
    } catch (SQLException gone) {
      LOG.debug("the connection is gone already: {}", gone.getMessage());
    }
  }
}
