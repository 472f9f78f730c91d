package dev.millrace.sink;

import dev.millrace.failure.FailureCode;
import dev.millrace.failure.MillraceException;
import dev.millrace.failure.Owner;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.wire.MessageKey;
import dev.millrace.sink.write.Refused;
import dev.millrace.sink.write.RowDelete;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Records without a value. On a compacted topic whose message key is the key of its table, they
 * delete the row; anywhere else they say nothing that a table could hold, and are put aside. A row
 * that is not there is deleted already.
 */
final class Tombstones {
  private final RecordType type;
  private final RowDelete delete;

  /** What can be wrong with a record without a value. */
  enum Failure implements FailureCode {
    /** The topic has no rows that a key names. */
    NO_VALUE,
    /** The message key is not that of a row. */
    KEY_UNREADABLE;

    @Override
    public Owner owner() {
      return Owner.DATA;
    }
  }

  Tombstones(RecordType type) {
    this.type = type;
    delete = new RowDelete(type.table().orElseThrow(), type.key());
  }

  /** Deletes what the records name, in the caller's transaction; answers those put aside. */
  List<Refused> delete(Connection connection, List<ConsumerRecord<byte[], byte[]>> batch)
      throws SQLException {
    var refused = new ArrayList<Refused>();
    var keys = new LinkedHashMap<Long, String[]>();
    for (var record : batch) {
      try {
        keys.put(record.offset(), key(record.key()));
      } catch (MillraceException unreadable) {
        refused.add(new Refused(record.offset(), Refused.DECODING, unreadable));
      }
    }
    delete
        .delete(connection, keys)
        .forEach((offset, why) -> refused.add(new Refused(offset, Refused.STORING, why)));
    return refused;
  }

  private String[] key(byte[] key) {
    if (!type.deletesByKey()) {
      throw new MillraceException(
          Failure.NO_VALUE,
          "a record of %s without a value: only a compacted topic keyed as its table has rows to delete"
              .formatted(type.topic()));
    }
    var parts = key == null ? List.<String>of() : MessageKey.parts(key);
    if (parts.size() != type.key().size()) {
      throw new MillraceException(
          Failure.KEY_UNREADABLE,
          "a record of %s without a value, whose message key has %d parts and not those of %s"
              .formatted(type.topic(), parts.size(), type.key()));
    }
    var values = parts.toArray(String[]::new);
    for (var i = 0; i < values.length; i++) {
      var optional = type.schema().getField(type.key().get(i)).schema().isNullable();
      values[i] = optional && values[i].isEmpty() ? null : values[i];
    }
    return values;
  }
}
