package dev.millrace.sink;

import dev.millrace.failure.MillraceException;
import dev.millrace.failure.Owner;
import dev.millrace.schema.SchemaFailure;
import dev.millrace.sink.encode.EncodeFailure;
import dev.millrace.sink.encode.RowEncoder;
import dev.millrace.sink.write.EncodedRows;
import dev.millrace.sink.write.Refused;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The records of a batch on their way to rows, from one of them to the next tombstone, and those
 * that have none. One thread.
 */
final class BatchEncoding implements EncodedRows.Source {
  private static final int REACH = 16;
  private static final int CACHE_LINE = 64;

  private final List<ConsumerRecord<byte[], byte[]>> batch;
  private final RowEncoder encoder;
  private final List<Refused> refused = new ArrayList<>();
  private int next;
  private int reached;

  /** Means nothing; keeps the touching from being optimised away. */
  @SuppressWarnings("UnusedVariable")
  private int touched;

  BatchEncoding(List<ConsumerRecord<byte[], byte[]>> batch, int from, RowEncoder encoder) {
    this.batch = batch;
    this.encoder = encoder;
    next = from;
  }

  @Override
  public boolean encodeNext(EncodedRows rows) {
    if (next == batch.size()) {
      return false;
    }
    if (next >= reached) {
      reach();
    }
    var record = batch.get(next);
    var value = record.value();
    if (value == null) {
      return false;
    }
    next++;
    try {
      rows.add(record.offset(), value, encoder);
    } catch (MillraceException failed) {
      if (failed.code().owner() != Owner.DATA) {
        throw failed;
      }
      refused.add(new Refused(record.offset(), stageOf(failed), failed));
    }
    return true;
  }

  /**
   * Touches the next values, so that they come from memory side by side. The poller has written
   * them on another processor; each met only when it is its turn, they were a third of the time.
   */
  private void reach() {
    reached = Math.min(next + REACH, batch.size());
    var sum = 0;
    for (var i = next; i < reached; i++) {
      var value = batch.get(i).value();
      for (var at = 0; value != null && at < value.length; at += CACHE_LINE) {
        sum += value[at];
      }
    }
    touched += sum;
  }

  private static String stageOf(MillraceException failed) {
    return failed.code() instanceof SchemaFailure ? Refused.DECODING : Refused.STORING;
  }

  /** The first record that was not to be encoded so far. */
  int next() {
    return next;
  }

  /** The records that cannot be encoded, of those that were to be encoded so far. */
  List<Refused> refused() {
    return refused;
  }

  /** Whether a record has a value that does not fit its column. */
  boolean blamesColumns() {
    return refused.stream().anyMatch(each -> each.why().code() instanceof EncodeFailure);
  }
}
