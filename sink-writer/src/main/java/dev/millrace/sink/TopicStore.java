package dev.millrace.sink;

import dev.millrace.failure.MillraceException;
import dev.millrace.failure.Owner;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.SchemaFailure;
import dev.millrace.schema.Table;
import dev.millrace.schema.wire.DeadLetter;
import dev.millrace.schema.wire.SchemaRegistry;
import dev.millrace.sink.deadletter.DeadLetters;
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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One topic's way into its table: decode, encode, COPY, dead letters, offset, commit. The columns
 * are read and the plans compiled when the first batch comes, and again after a failure that a
 * migration may have mended. One thread.
 */
final class TopicStore {
  private static final Logger LOG = LoggerFactory.getLogger(TopicStore.class);

  private final RecordType type;
  private final Table table;
  private final Transactions transactions;
  private final Progress progress;
  private final DeadLetters deadLetters;
  private final SinkMetrics metrics;
  private final SchemaRegistry registry;
  private final EncodedRows rows = new EncodedRows();
  private Target target;

  TopicStore(
      RecordType type,
      SchemaRegistry registry,
      Transactions transactions,
      Progress progress,
      DeadLetters deadLetters,
      SinkMetrics metrics) {
    this.type = type;
    this.table = type.table().orElseThrow();
    this.transactions = transactions;
    this.progress = progress;
    this.deadLetters = deadLetters;
    this.metrics = metrics;
    this.registry = registry;
  }

  /** The compiled way into the table. */
  private record Target(RowEncoder encoder, TableWriter writer) {}

  /** Takes a partition over from whoever had it, if the table is there to store it in. */
  Claim claim(int partition) {
    requireTarget();
    return transactions.run(
        "claiming %s-%d".formatted(type.topic(), partition),
        connection -> progress.claim(connection, type.topic(), partition));
  }

  /**
   * Stores a batch, or nothing of it.
   *
   * @param batch records of one partition in the order of their offsets, at least one
   * @return the claim behind the batch
   * @throws MillraceException never of owner data: such records are dead-lettered
   */
  Claim store(Claim claim, List<ConsumerRecord<byte[], byte[]>> batch) {
    var begin = System.nanoTime();
    var refused = encode(batch);
    var bytes = rows.bytes();
    var next = batch.get(batch.size() - 1).offset() + 1;
    var outcome =
        transactions.run(
            "storing %d records of %s in %s".formatted(batch.size(), type.topic(), table),
            connection -> {
              var written = target.writer().write(connection, rows);
              refused.addAll(written.refused());
              keep(batch, refused);
              return new Outcome(
                  written,
                  progress.advance(connection, claim, next, written.stored(), refused.size()));
            });
    report(outcome, refused, bytes, System.nanoTime() - begin);
    return outcome.claim();
  }

  private record Outcome(Written written, Claim claim) {}

  /** Forgets what was compiled: the table is looked at again for the next batch. */
  void forget() {
    target = null;
  }

  private List<Refused> encode(List<ConsumerRecord<byte[], byte[]>> batch) {
    var encoder = requireTarget().encoder();
    var refused = new ArrayList<Refused>();
    rows.clear();
    for (var record : batch) {
      try {
        rows.add(record.offset(), record.value(), encoder);
      } catch (MillraceException failed) {
        if (failed.code().owner() != Owner.DATA) {
          throw failed;
        }
        refused.add(new Refused(record.offset(), stageOf(failed), failed));
      }
    }
    return refused;
  }

  private static String stageOf(MillraceException failed) {
    return failed.code() instanceof SchemaFailure ? Refused.DECODING : Refused.STORING;
  }

  private Target requireTarget() {
    if (target == null) {
      target = transactions.run("reading the columns of " + table, this::compile);
    }
    return target;
  }

  private Target compile(Connection connection) throws SQLException {
    var plan = new RowPlan(type.schema(), TableColumns.read(connection, table));
    if (!plan.unstored().isEmpty()) {
      LOG.info("{} has no column for the fields {} of {}", table, plan.unstored(), type.topic());
    }
    return new Target(new RowEncoder(plan, registry), new TableWriter(table, plan.columns()));
  }

  private void keep(List<ConsumerRecord<byte[], byte[]>> batch, List<Refused> refused) {
    if (refused.isEmpty()) {
      return;
    }
    var byOffset = new HashMap<Long, ConsumerRecord<byte[], byte[]>>();
    batch.forEach(record -> byOffset.put(record.offset(), record));
    deadLetters.keep(refused.stream().map(r -> aside(byOffset.get(r.offset()), r)).toList());
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

  private void report(Outcome outcome, List<Refused> refused, long bytes, long nanos) {
    metrics.committed(type.topic(), outcome.written().stored(), bytes, nanos);
    if (outcome.written().conflicted()) {
      metrics.conflicted(type.topic());
    }
    refused.forEach(each -> metrics.deadLettered(type.topic(), each.why().code().name()));
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
