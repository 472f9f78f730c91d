package dev.millrace.aggregate.output;

import dev.millrace.aggregate.codec.StateWriter;
import dev.millrace.schema.Fields;
import org.apache.avro.Schema;

/** Writes the values of one field of a record in Avro: null, or a number in the field's type. */
final class Slot {
  private final Schema.Type type;
  private final int value;
  private final int none;

  Slot(Schema.Field field) {
    var schema = field.schema();
    type = Fields.valueSchema(schema).getType();
    value = schema.isUnion() ? schema.getTypes().indexOf(Fields.valueSchema(schema)) : -1;
    none = schema.isUnion() && schema.isNullable() ? schema.getIndexNamed("null") : -1;
  }

  Schema.Type type() {
    return type;
  }

  boolean isOptional() {
    return none >= 0;
  }

  void none(StateWriter out) {
    out.writeLong(none);
  }

  /** Writes what stands before a value that is not null. */
  void begin(StateWriter out) {
    if (value >= 0) {
      out.writeLong(value);
    }
  }

  /**
   * Writes a whole number.
   *
   * @throws ArithmeticException if the field is an int, and it does not fit
   */
  void write(long number, StateWriter out) {
    begin(out);
    switch (type) {
      case INT -> {
        var whole = Math.toIntExact(number);
        out.writeLong(whole);
      }
      case LONG -> out.writeLong(number);
      default -> out.writeDouble((double) number);
    }
  }

  /** Writes a number, rounded if the field wants a whole one. */
  void write(double number, StateWriter out) {
    if (type == Schema.Type.DOUBLE) {
      begin(out);
      out.writeDouble(number);
    } else {
      write(Math.round(number), out);
    }
  }

  void writeIf(boolean known, double number, StateWriter out) {
    if (known) {
      write(number, out);
    } else {
      none(out);
    }
  }
}
