package dev.millrace.sink.encode;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Objects;
import org.apache.avro.generic.IndexedRecord;

/**
 * The long way to a row: from a record that Avro's own reader has resolved, value by boxed value.
 * What {@link RowEncoder} gives is held against it.
 */
final class GenericRows {

  private GenericRows() {}

  static byte[] encode(RowPlan row, IndexedRecord record) {
    var out = new CopyBuffer();
    out.putShort(row.width());
    for (var i = 0; i < row.width(); i++) {
      var column = row.column(i);
      var value = record.get(row.schema().getField(column.name()).pos());
      if (value == null && column.required()) {
        throw EncodeFailure.VALUE_REQUIRED.of(column, null, "must have a value");
      }
      appendSized(row.plan(i), value, out);
    }
    return out.toByteArray();
  }

  private static void appendSized(EncodePlan plan, Object value, CopyBuffer out) {
    if (value == null) {
      out.putNull();
      return;
    }
    var begin = out.beginLength();
    append(plan, value, out);
    out.endLength(begin);
  }

  private static void append(EncodePlan plan, Object value, CopyBuffer out) {
    if (plan instanceof EncodePlan.OfLong whole) {
      whole.append(((Number) value).longValue(), out);
    } else if (plan instanceof EncodePlan.OfDouble floating) {
      floating.append(((Number) value).doubleValue(), out);
    } else if (plan instanceof EncodePlan.OfBoolean flag) {
      flag.append((Boolean) value, out);
    } else if (plan instanceof EncodePlan.OfTree tree) {
      tree.append(value, out);
    } else if (plan instanceof EncodePlan.OfArray array) {
      appendArray(array, (Collection<?>) value, out);
    } else {
      var bytes = value instanceof ByteBuffer raw ? raw.array() : utf8(value);
      ((EncodePlan.OfBytes) plan).append(bytes, 0, bytes.length, out);
    }
  }

  private static byte[] utf8(Object text) {
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void appendArray(
      EncodePlan.OfArray array, Collection<?> elements, CopyBuffer out) {
    out.putInt(elements.isEmpty() ? 0 : 1);
    out.putInt(elements.stream().anyMatch(Objects::isNull) ? 1 : 0);
    out.putInt(array.elementOid());
    if (!elements.isEmpty()) {
      out.putInt(elements.size());
      out.putInt(1);
      elements.forEach(each -> appendSized(array.element(), each, out));
    }
  }
}
