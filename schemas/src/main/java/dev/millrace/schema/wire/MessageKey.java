package dev.millrace.schema.wire;

import dev.millrace.schema.RecordType;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.avro.generic.GenericEnumSymbol;
import org.apache.avro.generic.IndexedRecord;

/**
 * The message key of a record: what chooses its partition, and so what stays in order. Publisher
 * and aggregator both take it from here, so that records of one series always meet.
 *
 * <p>The text is stable across releases: the values of the type's key fields in their declared
 * order, joined with {@code |}, in UTF-8. A null is empty. A {@code |} or {@code \} inside a value
 * is preceded by {@code \}. Times are microseconds since the epoch and dates are days since the
 * epoch, in digits; enums are their symbols; so a generated record and a generic one with the same
 * content have the same key. Pure; safe for use by several threads.
 */
public final class MessageKey {
  private static final char SEPARATOR = '|';
  private static final char ESCAPE = '\\';

  private MessageKey() {}

  /**
   * The key of {@code record}, which must have the schema of {@code type}.
   *
   * @throws IllegalArgumentException if a key field holds what has no single text: a map, an array,
   *     bytes or a record
   */
  public static byte[] of(RecordType type, IndexedRecord record) {
    return text(type, record).getBytes(StandardCharsets.UTF_8);
  }

  /** The same as text, for messages to people. */
  public static String text(RecordType type, IndexedRecord record) {
    var fields = type.key();
    var first = escaped(value(type, record, fields.get(0)));
    if (fields.size() == 1) {
      return first;
    }
    var key = new StringBuilder(first);
    for (var i = 1; i < fields.size(); i++) {
      key.append(SEPARATOR).append(escaped(value(type, record, fields.get(i))));
    }
    return key.toString();
  }

  /** The texts a key was made of, in the order of the key's fields: what {@link #of} joined. */
  public static List<String> parts(byte[] key) {
    var text = new String(key, StandardCharsets.UTF_8);
    var parts = new ArrayList<String>();
    var part = new StringBuilder();
    for (var i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      if (c == SEPARATOR) {
        parts.add(part.toString());
        part.setLength(0);
      } else {
        var escaped = c == ESCAPE && i + 1 < text.length();
        part.append(escaped ? text.charAt(++i) : c);
      }
    }
    parts.add(part.toString());
    return parts;
  }

  private static String value(RecordType type, IndexedRecord record, String field) {
    var value = record.get(type.schema().getField(field).pos());
    if (value == null) {
      return "";
    }
    if (value instanceof Instant time) {
      return Long.toString(ChronoUnit.MICROS.between(Instant.EPOCH, time));
    }
    if (value instanceof LocalDate date) {
      return Long.toString(date.toEpochDay());
    }
    if (isPlain(value)) {
      return value.toString();
    }
    throw new IllegalArgumentException(
        "key field '%s' of %s holds a %s, which has no single text"
            .formatted(field, type.topic(), value.getClass().getSimpleName()));
  }

  private static boolean isPlain(Object value) {
    return value instanceof CharSequence
        || value instanceof Number
        || value instanceof Boolean
        || value instanceof Enum<?>
        || value instanceof GenericEnumSymbol<?>
        || value instanceof UUID;
  }

  private static String escaped(String value) {
    if (value.indexOf(SEPARATOR) < 0 && value.indexOf(ESCAPE) < 0) {
      return value;
    }
    return value.replace("\\", "\\\\").replace("|", "\\|");
  }
}
