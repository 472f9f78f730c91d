package dev.millrace.sink.write;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says who is at work on a partition: each batch shares the partition's advisory lock for as long
 * as its transaction lasts, and a claim takes it alone. So a claim waits for the batch that its
 * predecessor has under way, and one that does not end is ended by the server: a process that was
 * stopped, or a machine that has vanished, would otherwise hold the locks of its rows for hours.
 *
 * <p>What a writer may commit is not decided here, but by its claim. Where the right to end the
 * other's connection is missing (another user's, who is no member of ours), the claim goes on
 * without the lock. Stateless; the caller's transaction. One round trip a batch.
 */
final class PartitionLock {
  private static final Logger LOG = LoggerFactory.getLogger(PartitionLock.class);
  private static final String LOCK_NOT_AVAILABLE = "55P03";

  /** Collisions cost a wait, nothing else. Of the database, so that every release agrees on it. */
  private static final String KEY = "hashtextextended(concat_ws('/', ?::text, ?::text, ?::int), 0)";

  private static final String SHARE = "SELECT pg_advisory_xact_lock_shared(" + KEY + ")";
  private static final String TAKE = "SELECT pg_advisory_xact_lock(" + KEY + ")";
  private static final String BOUND_WAITS = "SELECT set_config('lock_timeout', ?, true)";

  private static final String END_HOLDERS =
      """
      SELECT count(*) FILTER (WHERE pg_terminate_backend(pid))
      FROM pg_catalog.pg_locks
      WHERE locktype = 'advisory' AND objsubid = 1 AND granted AND pid <> pg_backend_pid()
        AND database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())
        AND %s = (classid::bigint << 32) | objid::bigint
      """
          .formatted(KEY);

  private final String sink;
  private final Duration patience;

  /**
   * The locks of a sink.
   *
   * @param patience how long a claim waits for the batch of its predecessor, and how long any other
   *     lock may keep it waiting
   */
  PartitionLock(String sink, Duration patience) {
    this.sink = sink;
    this.patience = patience;
  }

  /** For a batch: until the transaction ends, a claim of the partition waits. */
  void share(Connection connection, String topic, int partition) throws SQLException {
    call(connection, SHARE, topic, partition);
  }

  /** For a claim: waits for the batch under way, and ends the one that takes too long. */
  void take(Connection connection, String topic, int partition) throws SQLException {
    boundWaits(connection);
    if (!taken(connection, topic, partition) && endHolders(connection, topic, partition)) {
      var unused = taken(connection, topic, partition);
    }
  }

  private void boundWaits(Connection connection) throws SQLException {
    try (var statement = connection.prepareStatement(BOUND_WAITS)) {
      statement.setString(1, patience.toMillis() + "ms");
      statement.execute();
    }
  }

  private boolean taken(Connection connection, String topic, int partition) throws SQLException {
    var before = connection.setSavepoint();
    try {
      call(connection, TAKE, topic, partition);
      connection.releaseSavepoint(before);
      return true;
    } catch (SQLException failed) {
      if (!LOCK_NOT_AVAILABLE.equals(failed.getSQLState())) {
        throw failed;
      }
      connection.rollback(before);
      return false;
    }
  }

  private boolean endHolders(Connection connection, String topic, int partition)
      throws SQLException {
    var before = connection.setSavepoint();
    try {
      var ended = call(connection, END_HOLDERS, topic, partition);
      connection.releaseSavepoint(before);
      LOG.warn(
          "{}-{} is claimed from a writer whose batch has not ended within {}; {} of its connections ended",
          topic,
          partition,
          patience,
          ended);
      return true;
    } catch (SQLException failed) {
      if (SqlFailures.classify(failed) != WriteFailure.PRIVILEGE_MISSING) {
        throw failed;
      }
      connection.rollback(before);
      LOG.warn(
          "{}-{} is claimed from a writer that hangs and may hold locks; its connection cannot be ended: {}. Let all sinks log in as one user, or make this one a member of pg_signal_backend",
          topic,
          partition,
          failed.getMessage());
      return false;
    }
  }

  private String call(Connection connection, String sql, String topic, int partition)
      throws SQLException {
    try (var statement = connection.prepareStatement(sql)) {
      statement.setString(1, sink);
      statement.setString(2, topic);
      statement.setInt(3, partition);
      try (var row = statement.executeQuery()) {
        row.next();
        return row.getString(1);
      }
    }
  }
}
