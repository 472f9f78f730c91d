package dev.millrace.sink;

import dev.millrace.schema.RecordType;
import dev.millrace.schema.Table;
import dev.millrace.schema.wire.DeadLetter;
import dev.millrace.schema.wire.SchemaRegistry;
import dev.millrace.sink.deadletter.DeadLetters;
import dev.millrace.sink.encode.Column;
import dev.millrace.sink.encode.RowEncoder;
import dev.millrace.sink.encode.RowPlan;
import dev.millrace.sink.write.Claim;
import dev.millrace.sink.write.EncodedRows;
import dev.millrace.sink.write.Progress;
import dev.millrace.sink.write.Refused;
import dev.millrace.sink.write.TableColumns;
import dev.millrace.sink.write.TableWriter;
import dev.millrace.sink.write.Transactions;
import dev.millrace.sink.write.Written;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One partition's way into its table: decode and encode, COPY, dead letters, offset, commit. The
 * plans are compiled when the first batch comes, and again when the table's columns have changed.
 */
final class TopicStore implements BatchStore {
  private static final Logger LOG = LoggerFactory.getLogger(TopicStore.class);

  private final RecordType type;
  private final Table table;
  private final KnownColumns columns;
  private final Shared shared;
  private final Tombstones tombstones;
  private Target target;

  /**
   * What all stores of a sink use, each safe for use by several threads.
   *
   * @param registry who knows the writers' schemas
   * @param transactions ways to the database
   * @param progress where the offsets are kept
   * @param deadLetters where records go that can never be stored
   * @param metrics what is told of it
   * @param unstored what is told of fields that are not stored
   */
  record Shared(
      SchemaRegistry registry,
      Transactions transactions,
      Progress progress,
      DeadLetters deadLetters,
      SinkMetrics metrics,
      Unstored unstored) {

    Shared(
        SchemaRegistry registry,
        Transactions transactions,
        Progress progress,
        DeadLetters deadLetters,
        SinkMetrics metrics) {
      this(registry, transactions, progress, deadLetters, metrics, new Unstored());
    }
  }

  TopicStore(RecordType type, KnownColumns columns, Shared shared) {
    this.type = type;
    this.table = type.table().orElseThrow();
    this.columns = columns;
    this.shared = shared;
    this.tombstones = new Tombstones(type);
  }

  /** The compiled way into the table as its columns were. */
  private record Target(List<Column> columns, RowEncoder encoder, TableWriter writer) {}

  /** Takes the partition over, if the table is there to store it in. */
  @Override
  public Claim claim(int partition) {
    requireTarget();
    return shared.transactions.run(
        "claiming %s-%d".formatted(type.topic(), partition),
        connection -> shared.progress.claim(connection, type.topic(), partition));
  }

  @Override
  public Claim store(Claim claim, List<ConsumerRecord<byte[], byte[]>> batch, EncodedRows rows) {
    var begin = System.nanoTime();
    var outcome = stored(claim, batch, rows);
    report(outcome, System.nanoTime() - begin);
    return outcome.claim();
  }

  private record Outcome(Written written, Claim claim) {}

  private Outcome stored(
      Claim claim, List<ConsumerRecord<byte[], byte[]>> batch, EncodedRows rows) {
    var current = requireTarget();
    try {
      return inTransaction(claim, batch, connection -> written(connection, current, batch, rows));
    } catch (ColumnsChangedException changed) {
      columns.forget();
      return stored(claim, batch, rows);
    }
  }

  /** In the order of the offsets: values up to a tombstone, tombstones up to a value. */
  private Written written(
      Connection connection,
      Target current,
      List<ConsumerRecord<byte[], byte[]>> batch,
      EncodedRows rows)
      throws SQLException {
    var written = Written.NOTHING;
    for (var next = 0; next < batch.size(); ) {
      if (batch.get(next).value() == null) {
        var end = endOfTombstones(batch, next);
        written = written.and(deleted(connection, batch.subList(next, end)));
        next = end;
      } else {
        var values = new BatchEncoding(batch, next, current.encoder());
        written = written.and(copied(connection, current, rows, values));
        next = values.next();
      }
    }
    return written;
  }

  private static int endOfTombstones(List<ConsumerRecord<byte[], byte[]>> batch, int from) {
    var end = from;
    while (end < batch.size() && batch.get(end).value() == null) {
      end++;
    }
    return end;
  }

  private Written deleted(Connection connection, List<ConsumerRecord<byte[], byte[]>> some)
      throws SQLException {
    return Written.ofTombstones(some.size(), tombstones.delete(connection, some));
  }

  /** A value is refused only by the columns as they are now. */
  private Written copied(
      Connection connection, Target current, EncodedRows rows, BatchEncoding encoding)
      throws SQLException {
    rows.begin(encoding);
    var written = current.writer().write(connection, rows);
    if (encoding.blamesColumns()
        && !TableColumns.read(connection, table).equals(current.columns())) {
      throw new ColumnsChangedException();
    }
    return written.and(encoding.refused());
  }

  private Outcome inTransaction(
      Claim claim, List<ConsumerRecord<byte[], byte[]>> batch, Transactions.Work<Written> write) {
    return shared.transactions.run(
        "storing %d records of %s in %s".formatted(batch.size(), type.topic(), table),
        connection -> {
          shared.progress.begin(connection, claim);
          var written = write.run(connection);
          keep(batch, written.refused());
          return new Outcome(written, advance(connection, claim, batch, written));
        });
  }

  private Claim advance(
      Connection connection,
      Claim claim,
      List<ConsumerRecord<byte[], byte[]>> batch,
      Written written)
      throws SQLException {
    var next = batch.get(batch.size() - 1).offset() + 1;
    return shared.progress.advance(connection, claim, next, written.stored(), written.refused());
  }

  /** Rolls a batch back that is to be encoded anew; never leaves this class. */
  private static final class ColumnsChangedException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  @Override
  public void forget() {
    columns.forget();
  }

  private Target requireTarget() {
    var current = columns.current();
    if (target == null || !target.columns().equals(current)) {
      target = null;
      target = compile(current);
    }
    return target;
  }

  private Target compile(List<Column> current) {
    var plan = new RowPlan(type.schema(), current);
    shared.unstored.withoutColumn(type, table, plan.unstored());
    var encoder =
        new RowEncoder(
            plan, shared.registry, (id, fields) -> shared.unstored.unknown(type, id, fields));
    return new Target(current, encoder, new TableWriter(table, plan.columns()));
  }

  private void keep(List<ConsumerRecord<byte[], byte[]>> batch, List<Refused> refused) {
    if (refused.isEmpty()) {
      return;
    }
    var byOffset = new HashMap<Long, ConsumerRecord<byte[], byte[]>>();
    batch.forEach(record -> byOffset.put(record.offset(), record));
    shared.deadLetters.keep(refused.stream().map(r -> aside(byOffset.get(r.offset()), r)).toList());
  }

  private static DeadLetters.Aside aside(ConsumerRecord<byte[], byte[]> record, Refused refused) {
    var reason =
        new DeadLetter(
            record.topic(),
            record.partition(),
            record.offset(),
            refused.why().code().name(),
            refused.why().getMessage(),
            refused.stage());
    return new DeadLetters.Aside(record, reason);
  }

  private void report(Outcome outcome, long nanos) {
    var metrics = shared.metrics;
    var refused = outcome.written().refused();
    var partition = outcome.claim().partition();
    var written = outcome.written();
    metrics.committed(type.topic(), partition, written.stored(), written.bytes(), nanos);
    if (outcome.written().conflicted()) {
      metrics.conflicted(type.topic(), partition);
    }
    refused.forEach(
        each -> metrics.deadLettered(type.topic(), partition, each.why().code().name()));
    if (!refused.isEmpty()) {
      LOG.warn(
          "{} records before {} went to {}; the first: {}",
          refused.size(),
          outcome.claim(),
          type.deadLetterTopic(),
          refused.get(0).why().getMessage());
    }
  }
}
