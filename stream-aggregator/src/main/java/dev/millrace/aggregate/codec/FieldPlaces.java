package dev.millrace.aggregate.codec;

import dev.millrace.schema.wire.AvroCursor;
import dev.millrace.schema.wire.AvroSkips;
import org.apache.avro.Schema;

/** Where the fields of an encoded Avro record lie. One instance a thread. */
public final class FieldPlaces {
  private final AvroSkips.Skip[] skips;
  private final int[] begins;
  private final AvroCursor cursor = new AvroCursor();
  private byte[] record;

  public FieldPlaces(Schema schema) {
    var skipping = new AvroSkips();
    skips =
        schema.getFields().stream()
            .map(field -> skipping.of(field.schema()))
            .toArray(AvroSkips.Skip[]::new);
    begins = new int[skips.length + 1];
  }

  /** Looks at a record of the schema, from which nothing is copied. */
  public void locate(byte[] encoded) {
    locate(encoded, 0);
  }

  /** The same, of a record that begins at {@code from}. */
  public void locate(byte[] encoded, int from) {
    record = encoded;
    cursor.read(encoded, from);
    for (var i = 0; i < skips.length; i++) {
      begins[i] = cursor.position();
      skips[i].skip(cursor);
    }
    begins[skips.length] = cursor.position();
  }

  /** The same cursor every time, at the value of a field. */
  public AvroCursor at(int field) {
    cursor.moveTo(begins[field]);
    return cursor;
  }

  /** Writes the value of a field as it is encoded. */
  public void write(int field, StateWriter out) {
    out.write(record, begins[field], begins[field + 1] - begins[field]);
  }

  /** Writes what follows the cursor up to the end of a field. */
  public void writeRest(int field, StateWriter out) {
    out.write(record, cursor.position(), begins[field + 1] - cursor.position());
  }
}
