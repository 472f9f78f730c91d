package dev.millrace.sink.encode;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.util.Utf8;

/** Text, the labels of enums, JSON that is text already, and plain bytes. */
final class TextPlans {
  private static final int JSONB_VERSION = 1;

  private TextPlans() {}

  static EncodePlan text(Column column) {
    var limit = column.maxCharacters();
    return (value, out) -> append(column, limit, value, out);
  }

  static EncodePlan json(Column column) {
    return (value, out) -> append(column, Integer.MAX_VALUE, value, out);
  }

  static EncodePlan jsonb(Column column) {
    return (value, out) -> {
      out.putByte(JSONB_VERSION);
      append(column, Integer.MAX_VALUE, value, out);
    };
  }

  /** Symbols and labels are few: each is encoded once and then copied. */
  static EncodePlan label(Column column) {
    var limit = column.maxCharacters();
    return new EncodePlan() {
      private volatile Map<String, byte[]> known = Map.of();

      @Override
      public void append(Object value, CopyBuffer out) {
        var label = value.toString();
        var bytes = known.get(label);
        if (bytes == null) {
          bytes = learn(label);
        }
        out.putBytes(bytes, 0, bytes.length);
      }

      private byte[] learn(String label) {
        if (column.isEnum() && !column.labels().contains(label)) {
          throw EncodeFailure.VALUE_UNREADABLE.of(column, label, "holds " + column.labels());
        }
        if (label.length() > limit) {
          throw tooLong(column, limit, label);
        }
        var more = new HashMap<>(known);
        more.put(label, label.getBytes(StandardCharsets.UTF_8));
        known = Map.copyOf(more);
        return known.get(label);
      }
    };
  }

  static EncodePlan bytea(Column column) {
    return (value, out) -> {
      var bytes = ((ByteBuffer) value).duplicate();
      var content = new byte[bytes.remaining()];
      bytes.get(content);
      out.putBytes(content, 0, content.length);
    };
  }

  /** Appends text of at most {@code limit} characters, which are Unicode code points. */
  static void append(Column column, int limit, Object value, CopyBuffer out) {
    var begin = out.size();
    if (value instanceof Utf8 utf8) {
      out.putBytes(utf8.getBytes(), 0, utf8.getByteLength());
    } else {
      out.putUtf8(value.toString());
    }
    var characters = countCharacters(column, value, out, begin);
    if (characters > limit) {
      throw tooLong(column, limit, value);
    }
  }

  private static int countCharacters(Column column, Object value, CopyBuffer out, int begin) {
    var bytes = out.array();
    var characters = 0;
    for (var i = begin; i < out.size(); i++) {
      if (bytes[i] == 0) {
        throw EncodeFailure.TEXT_HAS_NUL.of(column, value, "cannot hold a NUL character");
      }
      // Continuation bytes of UTF-8 are 10xxxxxx; every other byte begins a character.
      if ((bytes[i] & 0xc0) != 0x80) {
        characters++;
      }
    }
    return characters;
  }

  private static RuntimeException tooLong(Column column, int limit, Object value) {
    return EncodeFailure.TEXT_TOO_LONG.of(
        column, value, "holds at most %d characters".formatted(limit));
  }
}
