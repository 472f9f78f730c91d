package dev.millrace.sink.write;

import static org.jooq.impl.DSL.castNull;
import static org.jooq.impl.DSL.currentInstant;
import static org.jooq.impl.DSL.excluded;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.val;

import dev.millrace.failure.MillraceException;
import dev.millrace.tables.millrace.Tables;
import dev.millrace.tables.millrace.tables.DeadLetter;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.Query;
import org.jooq.exception.DataAccessException;

/**
 * The records a sink has put aside, in {@code millrace.dead_letter}. A record is noted in the
 * transaction that moves on without it, so a letter whose record is not noted stands for one that
 * was stored after all. Stateless; the caller's transaction. Costs a row a record put aside.
 */
public final class AsideBook {
  private static final DeadLetter BOOK = Tables.DEAD_LETTER;

  private static final int LONGEST_REASON = 2_000;

  private static final Query NOTE =
      Sql.render()
          .insertInto(
              BOOK,
              BOOK.SINK,
              BOOK.TOPIC,
              BOOK.PARTITION,
              BOOK.RECORD_OFFSET,
              BOOK.CODE,
              BOOK.REASON)
          .values("", "", 0, 0L, "", "")
          .onConflict(BOOK.SINK, BOOK.TOPIC, BOOK.PARTITION, BOOK.RECORD_OFFSET)
          .doUpdate()
          .set(BOOK.CODE, excluded(BOOK.CODE))
          .set(BOOK.REASON, excluded(BOOK.REASON))
          .set(BOOK.PUT_ASIDE_AT, currentInstant())
          .set(BOOK.TRIES, inline(1))
          .set(BOOK.TRIED_AT, currentInstant())
          .set(BOOK.REPLAYED_AT, castNull(BOOK.REPLAYED_AT));

  private static final Query STORED =
      Sql.render()
          .update(BOOK)
          .set(BOOK.TRIES, BOOK.TRIES.plus(inline(1)))
          .set(BOOK.TRIED_AT, currentInstant())
          .set(BOOK.REPLAYED_AT, currentInstant())
          .where(anyRecord());

  private static final Query REFUSED =
      Sql.render()
          .update(BOOK)
          .set(BOOK.TRIES, BOOK.TRIES.plus(inline(1)))
          .set(BOOK.TRIED_AT, currentInstant())
          .set(BOOK.CODE, "")
          .set(BOOK.REASON, "")
          .where(anyRecord());

  private final String sink;

  /** The book of the sink of this name. */
  public AsideBook(String sink) {
    this.sink = sink;
  }

  /**
   * What is known of a record that was put aside.
   *
   * @param code why it was refused the last time
   * @param reason the same in words
   * @param tries how often it was tried
   * @param replayedAt when a replay stored it, if one has
   */
  public record Entry(String code, String reason, int tries, Optional<Instant> replayedAt) {

    /** Whether the record is still not stored. */
    public boolean waiting() {
      return replayedAt.isEmpty();
    }
  }

  /**
   * Notes records that are put aside. One of the same place as before is another record: its topic
   * was made anew.
   */
  public void note(Connection connection, Claim claim, List<Refused> records) throws SQLException {
    run(
        connection,
        NOTE,
        records.stream()
            .map(
                each ->
                    new Object[] {
                      sink,
                      claim.topic(),
                      claim.partition(),
                      each.offset(),
                      each.why().code().name(),
                      printable(each.why())
                    }));
  }

  /** What is known of the records of a topic that were put aside. */
  public Map<Origin, Entry> entries(Connection connection, String topic) throws SQLException {
    try {
      var entries = new HashMap<Origin, Entry>();
      Sql.on(connection)
          .selectFrom(BOOK)
          .where(BOOK.SINK.eq(sink), BOOK.TOPIC.eq(topic))
          .forEach(
              row ->
                  entries.put(
                      new Origin(topic, row.get(BOOK.PARTITION), row.get(BOOK.RECORD_OFFSET)),
                      new Entry(
                          row.get(BOOK.CODE),
                          row.get(BOOK.REASON),
                          row.get(BOOK.TRIES),
                          Optional.ofNullable(row.get(BOOK.REPLAYED_AT)))));
      return entries;
    } catch (DataAccessException failed) {
      throw Sql.unwrap(failed);
    }
  }

  /**
   * Takes records for this transaction: another one that wants them waits for its end, and then
   * finds those that it stored to be stored.
   *
   * @param records records of one topic
   * @return those that are still waiting
   */
  public Set<Origin> take(Connection connection, String topic, Collection<Origin> records)
      throws SQLException {
    var places =
        records.stream().map(each -> row(val(each.partition()), val(each.offset()))).toList();
    try {
      return new HashSet<>(
          Sql.on(connection)
              .select(BOOK.PARTITION, BOOK.RECORD_OFFSET)
              .from(BOOK)
              .where(
                  BOOK.SINK.eq(sink),
                  BOOK.TOPIC.eq(topic),
                  BOOK.REPLAYED_AT.isNull(),
                  row(BOOK.PARTITION, BOOK.RECORD_OFFSET).in(places))
              .orderBy(BOOK.PARTITION, BOOK.RECORD_OFFSET)
              .forUpdate()
              .fetch(place -> new Origin(topic, place.value1(), place.value2())));
    } catch (DataAccessException failed) {
      throw Sql.unwrap(failed);
    }
  }

  /** Notes that records are stored now. */
  public void stored(Connection connection, Collection<Origin> records) throws SQLException {
    run(
        connection,
        STORED,
        records.stream()
            .map(each -> new Object[] {sink, each.topic(), each.partition(), each.offset()}));
  }

  /** Notes that records were tried once more, and refused. */
  public void refused(Connection connection, Map<Origin, MillraceException> records)
      throws SQLException {
    run(
        connection,
        REFUSED,
        records.entrySet().stream()
            .map(
                each ->
                    new Object[] {
                      each.getValue().code().name(),
                      printable(each.getValue()),
                      sink,
                      each.getKey().topic(),
                      each.getKey().partition(),
                      each.getKey().offset()
                    }));
  }

  /** A record's row, of any place: the values are bound. */
  private static Condition anyRecord() {
    return BOOK.SINK
        .eq("")
        .and(BOOK.TOPIC.eq(""))
        .and(BOOK.PARTITION.eq(0))
        .and(BOOK.RECORD_OFFSET.eq(0L));
  }

  /** A reason may quote a value, and PostgreSQL keeps no NUL. */
  private static String printable(MillraceException why) {
    var message = why.getMessage();
    return message.substring(0, Math.min(message.length(), LONGEST_REASON)).replace("\0", "\\0");
  }

  private static void run(Connection connection, Query statement, Stream<Object[]> values)
      throws SQLException {
    try {
      var all = values.toArray(Object[][]::new);
      if (all.length > 0) {
        var unused = Sql.on(connection).batch(statement).bind(all).execute();
      }
    } catch (DataAccessException failed) {
      throw Sql.unwrap(failed);
    }
  }
}
