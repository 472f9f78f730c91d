package dev.millrace.sink.encode;

import dev.millrace.schema.wire.SchemaRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.EncoderFactory;

/** Records as they come from a topic: in wire format, under an id that stands for their schema. */
public final class WireRecords {
  private static final byte[] HEADER = {0, 0, 0, 0, 1};

  private WireRecords() {}

  /** The record in wire format. */
  public static byte[] bytes(IndexedRecord record) {
    var bytes = new ByteArrayOutputStream();
    try {
      bytes.write(HEADER);
      var encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
      new GenericDatumWriter<IndexedRecord>(record.getSchema()).write(record, encoder);
      return bytes.toByteArray();
    } catch (IOException impossible) {
      throw new AssertionError(impossible);
    }
  }

  /** Encodes records that this schema wrote. */
  public static RowEncoder encoder(Schema writer, RowPlan plan) {
    return new RowEncoder(plan, new OneSchema(writer));
  }

  /** One field's bytes in its column, without their length. */
  static String columnBytes(String avro, Column column, Object value) {
    var schema =
        new Schema.Parser()
            .parse(
                "{\"type\":\"record\",\"name\":\"V\",\"fields\":[{\"name\":\"%s\",\"type\":%s}]}"
                    .formatted(column.name(), avro));
    var record = new GenericData.Record(schema);
    record.put(0, value);
    var out = new CopyBuffer();
    encoder(schema, new RowPlan(schema, List.of(column))).append(bytes(record), out);
    var row = out.toByteArray();
    return HexFormat.of().formatHex(row, Short.BYTES + Integer.BYTES, row.length);
  }

  /** A registry of one schema, whatever the id. */
  private record OneSchema(Schema schema) implements SchemaRegistry {
    @Override
    public int register(String subject, String schemaJson) {
      throw new AssertionError("nothing is registered");
    }

    @Override
    public String schemaById(int id) {
      return schema.toString();
    }

    @Override
    public void setCompatibility(String subject, String level) {}
  }
}
