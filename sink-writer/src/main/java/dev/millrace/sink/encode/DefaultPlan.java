package dev.millrace.sink.encode;

import dev.millrace.failure.MillraceException;
import dev.millrace.failure.Owner;
import dev.millrace.schema.wire.AvroCursor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.Resolver;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.EncoderFactory;

/**
 * A field the writer does not have, filled with the reader's default: encoded once, then copied. A
 * default that does not fit its column is refused with every record, as a written value would be.
 */
final class DefaultPlan {

  private DefaultPlan() {}

  static FieldPlan of(Schema field, Object value, EncodePlan plan, Column column) {
    var cursor = new AvroCursor();
    cursor.read(avro(field, value), 0);
    var out = new CopyBuffer();
    try {
      FieldPlans.of(Resolver.resolve(field, field), plan, column).append(cursor, out);
    } catch (MillraceException unfit) {
      if (unfit.code().owner() != Owner.DATA) {
        throw unfit;
      }
      return (in, row) -> {
        throw new MillraceException(unfit.code(), unfit.getMessage());
      };
    }
    var encoded = out.toByteArray();
    return (in, row) -> row.putBytes(encoded, 0, encoded.length);
  }

  private static byte[] avro(Schema field, Object value) {
    var bytes = new ByteArrayOutputStream();
    try {
      var encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
      new GenericDatumWriter<>(field).write(value, encoder);
      encoder.flush();
      return bytes.toByteArray();
    } catch (IOException impossible) {
      throw new UncheckedIOException("writing to memory", impossible);
    }
  }
}
