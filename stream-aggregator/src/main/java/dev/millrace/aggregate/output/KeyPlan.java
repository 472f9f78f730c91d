package dev.millrace.aggregate.output;

import dev.millrace.aggregate.codec.AvroText;
import dev.millrace.aggregate.codec.FieldPlaces;
import dev.millrace.aggregate.codec.StateWriter;
import dev.millrace.schema.WindowOutput;
import java.util.HashMap;
import java.util.List;
import org.apache.avro.Schema;

/**
 * How the message key of a window is written, byte for byte as {@link
 * dev.millrace.schema.wire.MessageKey} makes it of the record. It is of the series alone, so that
 * all windows of a series, and all their revisions, stay in order. One instance a thread.
 */
final class KeyPlan {
  private static final byte SEPARATOR = '|';
  private static final byte ESCAPE = '\\';

  /** Writes a field of the key. */
  @FunctionalInterface
  private interface Part {
    void write(FieldPlaces identity, byte[] metric, StateWriter out);
  }

  private final Part[] parts;

  private KeyPlan(Part... parts) {
    this.parts = parts;
  }

  static KeyPlan of(WindowOutput output, List<IdentityPair> pairs) {
    var sources = new HashMap<String, Schema.Field>();
    pairs.forEach(pair -> sources.put(pair.to().name(), pair.from()));
    return new KeyPlan(
        output.type().key().stream()
            .map(name -> part(output, name, sources.get(name)))
            .toArray(Part[]::new));
  }

  private static Part part(WindowOutput output, String name, Schema.Field source) {
    if (name.equals(output.layout().metric())) {
      return (identity, metric, out) -> writeEscaped(metric, metric.length, out);
    }
    if (source != null) {
      return copied(source);
    }
    if (output.layout().isOfSeriesAlone(name)) {
      return (identity, metric, out) -> {};
    }
    throw WindowPlan.unfit(
        output.type().schema(), name, "a key is of what identifies a series, and of its metric");
  }

  private static Part copied(Schema.Field source) {
    var text = AvroText.of(source.schema());
    var buffer = new StateWriter();
    return (identity, metric, out) -> {
      buffer.reset();
      text.write(identity.at(source.pos()), buffer);
      writeEscaped(buffer.buffer(), buffer.length(), out);
    };
  }

  void write(FieldPlaces identity, byte[] metric, StateWriter out) {
    for (var i = 0; i < parts.length; i++) {
      if (i > 0) {
        out.writeByte(SEPARATOR);
      }
      parts[i].write(identity, metric, out);
    }
  }

  /** In UTF-8, neither character is ever a part of another. */
  private static void writeEscaped(byte[] bytes, int length, StateWriter out) {
    var from = 0;
    for (var i = 0; i < length; i++) {
      if (bytes[i] == SEPARATOR || bytes[i] == ESCAPE) {
        out.write(bytes, from, i - from);
        out.writeByte(ESCAPE);
        from = i;
      }
    }
    out.write(bytes, from, length - from);
  }
}
