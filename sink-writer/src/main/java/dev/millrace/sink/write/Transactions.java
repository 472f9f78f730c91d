package dev.millrace.sink.write;

import dev.millrace.failure.MillraceException;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * Runs work in a transaction of its own on a pooled connection: committed when the work returns,
 * rolled back when it throws. Safe for use by several threads as far as the pool is.
 */
public final class Transactions {
  private final DataSource pool;

  public Transactions(DataSource pool) {
    this.pool = pool;
  }

  /**
   * Work with a connection, which it neither commits nor closes.
   *
   * @param <T> what it answers
   */
  @FunctionalInterface
  public interface Work<T> {
    T run(Connection connection) throws SQLException;
  }

  /**
   * Runs the work and commits.
   *
   * @param what the work in words, for the message of a failure
   * @throws MillraceException a {@link WriteFailure}, or what the work throws
   */
  public <T> T run(String what, Work<T> work) {
    try (var connection = pool.getConnection()) {
      connection.setAutoCommit(false);
      return committed(connection, work);
    } catch (SQLException failed) {
      throw SqlFailures.of(what, failed);
    }
  }

  private static <T> T committed(Connection connection, Work<T> work) throws SQLException {
    try {
      var answer = work.run(connection);
      connection.commit();
      return answer;
    } catch (SQLException | RuntimeException failed) {
      rollback(connection, failed);
      throw failed;
    }
  }

  /** A connection that cannot even roll back is gone, and its transaction with it. */
  private static void rollback(Connection connection, Exception failed) {
    try {
      connection.rollback();
    } catch (SQLException gone) {
      failed.addSuppressed(gone);
    }
  }
}
