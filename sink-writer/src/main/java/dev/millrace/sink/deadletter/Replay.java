package dev.millrace.sink.deadletter;

import dev.millrace.failure.MillraceException;
import dev.millrace.failure.Owner;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.Table;
import dev.millrace.schema.wire.SchemaRegistry;
import dev.millrace.sink.encode.RowEncoder;
import dev.millrace.sink.encode.RowPlan;
import dev.millrace.sink.write.AsideBook;
import dev.millrace.sink.write.EncodedRows;
import dev.millrace.sink.write.Origin;
import dev.millrace.sink.write.TableColumns;
import dev.millrace.sink.write.TableWriter;
import dev.millrace.sink.write.Transactions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * Stores the records of dead letters in the table they were refused by, each once. A record is
 * stored and noted as stored in one transaction, and only if {@link AsideBook} has it as waiting:
 * so a replay may be run again, killed, or run by two at once. A record that is refused again goes
 * on waiting, with its new reason and the number of its tries.
 *
 * <p>Nothing is sent to Kafka: whoever else reads the topic has had the record long ago. A row that
 * is newer than the record is left as it is ({@link TableWriter#ofLateRows}). One thread; holds
 * {@value #BATCH_LETTERS} letters or {@value #BATCH_BYTES} bytes of them.
 */
public final class Replay {
  private static final int BATCH_LETTERS = 1_000;
  private static final int BATCH_BYTES = 8 << 20;

  private final RecordType type;
  private final Table table;
  private final SchemaRegistry registry;
  private final Transactions transactions;
  private final AsideBook book;
  private final boolean dryRun;
  private final EncodedRows rows = new EncodedRows();
  private final List<Letter> batch = new ArrayList<>();
  private final Map<Origin, MillraceException> refused = new HashMap<>();
  private int batchBytes;
  private int stored;
  private int passedOver;
  private RowEncoder encoder;
  private TableWriter writer;

  /**
   * Prepares one run.
   *
   * @param dryRun whether everything is rolled back: what is answered is what would have been done
   * @throws MillraceException {@link DeadLetterFailure#NO_TABLE}
   */
  public Replay(
      RecordType type,
      SchemaRegistry registry,
      Transactions transactions,
      AsideBook book,
      boolean dryRun) {
    this.type = type;
    this.table =
        type.table()
            .orElseThrow(
                () ->
                    new MillraceException(
                        DeadLetterFailure.NO_TABLE,
                        "%s fills no table, so nothing of it can be replayed; publish the mended records anew"
                            .formatted(type.topic())));
    this.registry = registry;
    this.transactions = transactions;
    this.book = book;
    this.dryRun = dryRun;
  }

  /**
   * Replays the letters that are meant. To be called once.
   *
   * @throws MillraceException any failure whose owner is not data; what was stored until then is
   *     noted as stored
   */
  public Replayed run(LetterReader letters, LetterFilter meant) {
    var known =
        transactions.run(
            "reading what is put aside of " + type.topic(),
            connection -> book.entries(connection, type.topic()));
    var unused =
        letters.read(
            type.deadLetterTopic(),
            letter -> {
              var entry = known.get(letter.origin());
              if (!meant.accepts(letter.origin(), entry == null ? letter.code() : entry.code())) {
                return;
              }
              if (entry == null || !entry.waiting()) {
                passedOver++;
                return;
              }
              add(letter);
            });
    store();
    return new Replayed(stored, refused, passedOver);
  }

  private void add(Letter letter) {
    batch.add(letter);
    batchBytes += letter.bytes();
    if (batch.size() == BATCH_LETTERS || batchBytes >= BATCH_BYTES) {
      store();
    }
  }

  private void store() {
    if (batch.isEmpty()) {
      return;
    }
    transactions
        .run(
            "replaying %d letters of %s into %s".formatted(batch.size(), type.topic(), table),
            connection -> {
              var before = connection.setSavepoint();
              var outcome = store(connection);
              if (dryRun) {
                connection.rollback(before);
              }
              return outcome;
            })
        .into(this);
    batch.clear();
    batchBytes = 0;
  }

  private Outcome store(Connection connection) throws SQLException {
    var waiting = book.take(connection, type.topic(), batch.stream().map(Letter::origin).toList());
    var mine = batch.stream().filter(letter -> waiting.contains(letter.origin())).toList();
    compile(connection);
    var unfit = encode(mine);
    for (var each : writer.write(connection, rows).refused()) {
      unfit.put(mine.get((int) each.offset()).origin(), each.why());
    }
    var fit = new HashSet<>(waiting);
    fit.removeAll(unfit.keySet());
    book.stored(connection, fit);
    book.refused(connection, unfit);
    return new Outcome(fit.size(), unfit, batch.size() - mine.size());
  }

  private record Outcome(int stored, Map<Origin, MillraceException> refused, int passedOver) {

    /** Counts only what is committed. */
    void into(Replay replay) {
      replay.stored += stored;
      replay.refused.putAll(refused);
      replay.passedOver += passedOver;
    }
  }

  private void compile(Connection connection) throws SQLException {
    if (writer == null) {
      var plan = new RowPlan(type.schema(), TableColumns.read(connection, table));
      encoder = new RowEncoder(plan, registry);
      writer = TableWriter.ofLateRows(table, plan.columns(), type.eventTime());
    }
  }

  /** Encodes what can be, each row under its place in the list; answers why the others cannot. */
  private Map<Origin, MillraceException> encode(List<Letter> letters) {
    var unfit = new HashMap<Origin, MillraceException>();
    rows.clear();
    for (var i = 0; i < letters.size(); i++) {
      try {
        rows.add(i, value(letters.get(i)), encoder);
      } catch (MillraceException failed) {
        if (failed.code().owner() != Owner.DATA) {
          throw failed;
        }
        unfit.put(letters.get(i).origin(), failed);
      }
    }
    return unfit;
  }

  private static byte[] value(Letter letter) {
    if (letter.value() == null) {
      throw new MillraceException(
          DeadLetterFailure.NO_VALUE,
          "%s has no value, so no row; if it should delete one, publish it again"
              .formatted(letter.origin()));
    }
    return letter.value();
  }
}
