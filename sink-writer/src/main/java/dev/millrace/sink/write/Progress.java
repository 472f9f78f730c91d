package dev.millrace.sink.write;

import static org.jooq.impl.DSL.currentOffsetDateTime;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import dev.millrace.failure.MillraceException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.exception.DataAccessException;

/**
 * The sink's place in every partition, in {@code millrace.sink_progress}. It moves in the
 * transaction of the rows, and only for the writer that holds the latest claim: whoever lost the
 * partition finds no row to update, and must roll back. Stateless; the caller's transaction.
 *
 * <p>The row is updated last, so that a writer that hangs in the middle of a batch holds no lock
 * that its successor's claim would wait for.
 */
public final class Progress {
  private static final Table<Record> PROGRESS = table(name("millrace", "sink_progress"));
  private static final Field<String> SINK = column("sink", String.class);
  private static final Field<String> TOPIC = column("topic", String.class);
  private static final Field<Integer> PARTITION = column("partition", Integer.class);
  private static final Field<Long> NEXT_OFFSET = column("next_offset", Long.class);
  private static final Field<Long> EPOCH = column("epoch", Long.class);
  private static final Field<Long> RECORDS_READ = column("records_read", Long.class);
  private static final Field<Long> ROWS_STORED = column("rows_stored", Long.class);
  private static final Field<Long> DEAD_LETTERED = column("dead_lettered", Long.class);
  private static final Field<OffsetDateTime> UPDATED_AT =
      column("updated_at", OffsetDateTime.class);

  private final String sink;

  /** Keeps the place of the sink of this name. */
  public Progress(String sink) {
    this.sink = sink;
  }

  /** Claims a partition: from here on, no earlier claim can commit. */
  public Claim claim(Connection connection, String topic, int partition) throws SQLException {
    try {
      var row =
          Sql.on(connection)
              .insertInto(PROGRESS, SINK, TOPIC, PARTITION, NEXT_OFFSET)
              .values(sink, topic, partition, 0L)
              .onConflict(unqualified(SINK), unqualified(TOPIC), unqualified(PARTITION))
              .doUpdate()
              .set(unqualified(EPOCH), EPOCH.plus(1))
              .set(unqualified(UPDATED_AT), currentOffsetDateTime())
              .returning(EPOCH, NEXT_OFFSET)
              .fetchSingle();
      return new Claim(topic, partition, row.get(EPOCH), row.get(NEXT_OFFSET));
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
   * @param deadLettered records of the batch that were put aside
   * @return the claim behind the batch
   * @throws MillraceException {@link WriteFailure#FENCED}
   */
  public Claim advance(Connection connection, Claim claim, long next, int stored, int deadLettered)
      throws SQLException {
    try {
      var updated =
          Sql.on(connection)
              .update(PROGRESS)
              .set(unqualified(NEXT_OFFSET), next)
              .set(unqualified(RECORDS_READ), RECORDS_READ.plus(stored + deadLettered))
              .set(unqualified(ROWS_STORED), ROWS_STORED.plus(stored))
              .set(unqualified(DEAD_LETTERED), DEAD_LETTERED.plus(deadLettered))
              .set(unqualified(UPDATED_AT), currentOffsetDateTime())
              .where(held(claim))
              .execute();
      if (updated == 0) {
        throw fenced(claim);
      }
      return claim.at(next);
    } catch (DataAccessException failed) {
      throw Sql.unwrap(failed);
    }
  }

  private Condition held(Claim claim) {
    return SINK.eq(sink)
        .and(TOPIC.eq(claim.topic()))
        .and(PARTITION.eq(claim.partition()))
        .and(EPOCH.eq(claim.epoch()))
        .and(NEXT_OFFSET.eq(claim.nextOffset()));
  }

  private MillraceException fenced(Claim claim) {
    return new MillraceException(
        WriteFailure.FENCED,
        "sink '%s' no longer holds %s: another writer has claimed the partition since; nothing of the batch is stored"
            .formatted(sink, claim));
  }

  private static <T> Field<T> column(String column, Class<T> type) {
    return field(name("millrace", "sink_progress", column), type);
  }

  private static <T> Field<T> unqualified(Field<T> column) {
    return field(column.getUnqualifiedName(), column.getType());
  }
}
