package dev.millrace.sink.write;

import static org.jooq.impl.DSL.currentInstant;

import dev.millrace.failure.MillraceException;
import dev.millrace.tables.millrace.Tables;
import dev.millrace.tables.millrace.tables.SinkProgress;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.jooq.exception.DataAccessException;

/**
 * The sink's place in every partition, in {@code millrace.sink_progress}. It moves in the
 * transaction of the rows, and only for the writer that holds the latest claim: whoever lost the
 * partition finds no row to update, and must roll back. Stateless; the caller's transaction.
 *
 * <p>The row is updated last, so that a batch under way does not lock it. A writer that hangs in
 * the middle of a batch is ended by its successor's claim ({@link PartitionLock}), at most twice
 * {@link #PATIENCE} after that has begun.
 */
public final class Progress {
  private static final SinkProgress PROGRESS = Tables.SINK_PROGRESS;

  /** Rendered once: it runs with every batch. */
  private static final String ADVANCE =
      Sql.render()
          .update(PROGRESS)
          .set(PROGRESS.NEXT_OFFSET, 0L)
          .set(PROGRESS.RECORDS_READ, PROGRESS.RECORDS_READ.plus(0))
          .set(PROGRESS.ROWS_STORED, PROGRESS.ROWS_STORED.plus(0))
          .set(PROGRESS.DEAD_LETTERED, PROGRESS.DEAD_LETTERED.plus(0))
          .set(PROGRESS.UPDATED_AT, currentInstant())
          .where(
              PROGRESS.SINK.eq(""),
              PROGRESS.TOPIC.eq(""),
              PROGRESS.PARTITION.eq(0),
              PROGRESS.EPOCH.eq(0L),
              PROGRESS.NEXT_OFFSET.eq(0L))
          .getSQL();

  /** How long a claim waits for the batch its predecessor has under way. */
  static final Duration PATIENCE = Duration.ofSeconds(2);

  private final String sink;
  private final AsideBook aside;
  private final PartitionLock lock;

  /** Keeps the place of the sink of this name. */
  public Progress(String sink) {
    this.sink = sink;
    this.aside = new AsideBook(sink);
    this.lock = new PartitionLock(sink, PATIENCE);
  }

  /** Begins a batch: whoever claims the partition from here on knows that one is under way. */
  public void begin(Connection connection, Claim claim) throws SQLException {
    lock.share(connection, claim.topic(), claim.partition());
  }

  /** Claims a partition: from here on, no earlier claim can commit. */
  public Claim claim(Connection connection, String topic, int partition) throws SQLException {
    lock.take(connection, topic, partition);
    try {
      var row =
          Sql.on(connection)
              .insertInto(
                  PROGRESS, PROGRESS.SINK, PROGRESS.TOPIC, PROGRESS.PARTITION, PROGRESS.NEXT_OFFSET)
              .values(sink, topic, partition, 0L)
              .onConflict(PROGRESS.SINK, PROGRESS.TOPIC, PROGRESS.PARTITION)
              .doUpdate()
              .set(PROGRESS.EPOCH, PROGRESS.EPOCH.plus(1))
              .set(PROGRESS.UPDATED_AT, currentInstant())
              .returning(PROGRESS.EPOCH, PROGRESS.NEXT_OFFSET)
              .fetchSingle();
      return new Claim(topic, partition, row.get(PROGRESS.EPOCH), row.get(PROGRESS.NEXT_OFFSET));
    } catch (DataAccessException failed) {
      throw Sql.unwrap(failed);
    }
  }

  /**
   * Moves on, and counts.
   *
   * @param claim as it was before the batch
   * @param next the first offset behind the batch
   * @param stored records of the batch that are stored
   * @param refused records of the batch that were put aside; noted in {@link AsideBook}
   * @return the claim behind the batch
   * @throws MillraceException {@link WriteFailure#FENCED}
   */
  public Claim advance(
      Connection connection, Claim claim, long next, int stored, List<Refused> refused)
      throws SQLException {
    aside.note(connection, claim, refused);
    var deadLettered = refused.size();
    try (var statement = connection.prepareStatement(ADVANCE)) {
      statement.setLong(1, next);
      statement.setLong(2, stored + deadLettered);
      statement.setLong(3, stored);
      statement.setLong(4, deadLettered);
      statement.setString(5, sink);
      statement.setString(6, claim.topic());
      statement.setInt(7, claim.partition());
      statement.setLong(8, claim.epoch());
      statement.setLong(9, claim.nextOffset());
      if (statement.executeUpdate() == 0) {
        throw fenced(claim);
      }
      return claim.at(next);
    }
  }

  private MillraceException fenced(Claim claim) {
    return new MillraceException(
        WriteFailure.FENCED,
        "sink '%s' no longer holds %s: another writer has claimed the partition since; nothing of the batch is stored"
            .formatted(sink, claim));
  }
}
