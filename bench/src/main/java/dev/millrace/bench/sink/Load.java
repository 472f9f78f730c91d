package dev.millrace.bench.sink;

import dev.millrace.bench.load.GeneratedTable;
import dev.millrace.schema.RecordType;
import java.util.function.ObjLongConsumer;
import org.apache.avro.generic.IndexedRecord;

/**
 * The rows of a benchmark, and which partition each is in: the first {@code rows} of a generated
 * table, by the hash of what its messages are keyed by. Immutable.
 *
 * @param name of the topic's prefix and of the files
 * @param table where they come from
 * @param rows how many; at most those of the table
 * @param partitions of the topic
 */
record Load(String name, GeneratedTable table, long rows, int partitions) {

  Load {
    if (rows > table.rows()) {
      throw new IllegalArgumentException("%d of %d rows".formatted(rows, table.rows()));
    }
  }

  RecordType type() {
    return table.type();
  }

  /** The type on a topic of this benchmark's own. */
  RecordType topic() {
    return type().prefixed(prefix());
  }

  String prefix() {
    return "bench." + name + ".";
  }

  /** Hands out every record with its partition, in order. The record is filled anew every time. */
  void forEach(ObjLongConsumer<IndexedRecord> out) {
    var key = type().schema().getField(type().key().get(0)).pos();
    var left = new long[] {rows};
    for (var batch = 0; batch < table.batches() && left[0] > 0; batch++) {
      table.generate(
          batch,
          row -> {
            if (left[0]-- > 0) {
              out.accept(row, Math.floorMod(row.get(key).toString().hashCode(), partitions));
            }
          });
    }
  }
}
