package dev.millrace.sink.encode;

import dev.millrace.schema.wire.AvroCursor;
import org.apache.avro.Resolver;
import org.apache.avro.Schema;

/** Reads numbers and symbols as Avro's schema resolution has them, unboxed. */
final class Scalars {

  /** Reads a whole number. */
  @FunctionalInterface
  interface Whole {
    long read(AvroCursor in);
  }

  /** Reads a floating number; a float as the double of the same value. */
  @FunctionalInterface
  interface Floating {
    double read(AvroCursor in);
  }

  private Scalars() {}

  static Whole whole(Schema writer) {
    return writer.getType() == Schema.Type.INT ? AvroCursor::readInt : AvroCursor::readLong;
  }

  static Floating floating(Resolver.Action action) {
    var narrow = action.reader.getType() == Schema.Type.FLOAT;
    return switch (action.writer.getType()) {
      case DOUBLE -> AvroCursor::readDouble;
      case FLOAT -> AvroCursor::readFloat;
      default -> {
        var whole = whole(action.writer);
        yield narrow ? in -> (float) whole.read(in) : in -> (double) whole.read(in);
      }
    };
  }

  /** The reader's symbol for each of the writer's; null for those the reader does not have. */
  static String[] symbols(Resolver.EnumAdjust action) {
    var symbols = new String[action.adjustments.length];
    for (var i = 0; i < symbols.length; i++) {
      var adjusted = action.adjustments[i];
      symbols[i] = adjusted < 0 ? null : action.reader.getEnumSymbols().get(adjusted);
    }
    return symbols;
  }
}
