package dev.millrace.aggregate.codec;

import dev.millrace.schema.wire.AvroCursor;
import java.nio.charset.StandardCharsets;
import org.apache.avro.Schema;

/**
 * Writes an encoded Avro value as text, in UTF-8: text as it is, numbers in digits, enums as their
 * symbols, null as nothing. The same text as {@link dev.millrace.schema.wire.MessageKey} has for
 * the same value.
 */
@FunctionalInterface
public interface AvroText {

  /** Writes the text of the next value. */
  void write(AvroCursor in, StateWriter out);

  /**
   * The texts of values of a schema.
   *
   * @throws IllegalArgumentException if they have no single text: of maps, arrays, bytes, records
   */
  static AvroText of(Schema schema) {
    return switch (schema.getType()) {
      case NULL -> (in, out) -> {};
      case BOOLEAN -> (in, out) -> ascii(Boolean.toString(in.readBoolean()), out);
      case INT -> (in, out) -> ascii(Integer.toString(in.readInt()), out);
      case LONG -> (in, out) -> ascii(Long.toString(in.readLong()), out);
      case FLOAT -> (in, out) -> ascii(Float.toString(in.readFloat()), out);
      case DOUBLE -> (in, out) -> ascii(Double.toString(in.readDouble()), out);
      case STRING -> AvroText::text;
      case ENUM -> symbol(schema);
      case UNION -> union(schema.getTypes().stream().map(AvroText::of).toArray(AvroText[]::new));
      case BYTES, FIXED, MAP, ARRAY, RECORD ->
          throw new IllegalArgumentException(schema + " has no single text");
    };
  }

  private static void ascii(String text, StateWriter out) {
    var bytes = text.getBytes(StandardCharsets.US_ASCII);
    out.write(bytes, 0, bytes.length);
  }

  private static void text(AvroCursor in, StateWriter out) {
    var length = in.readLength();
    var from = in.position();
    in.skip(length);
    out.write(in.memory(), from, length);
  }

  private static AvroText symbol(Schema schema) {
    var symbols =
        schema.getEnumSymbols().stream()
            .map(symbol -> symbol.getBytes(StandardCharsets.UTF_8))
            .toArray(byte[][]::new);
    return (in, out) -> {
      var symbol = symbols[in.readIndex(symbols.length)];
      out.write(symbol, 0, symbol.length);
    };
  }

  private static AvroText union(AvroText... branches) {
    return (in, out) -> branches[in.readIndex(branches.length)].write(in, out);
  }
}
