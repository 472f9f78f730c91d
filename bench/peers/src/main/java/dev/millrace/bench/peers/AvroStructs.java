package dev.millrace.bench.peers;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.storage.Converter;

/**
 * Reads our records for Connect: the wire format of Confluent's serializers into structs. It takes
 * a flat record straight to a struct, which is less work than the converters in use do, so that a
 * peer is not slowed by its input. Setting: {@code schema.registry.url}.
 */
public final class AvroStructs implements Converter {
  private static final int HEADER_BYTES = 5;
  private static final ThreadLocal<BinaryDecoder> DECODERS = new ThreadLocal<>();

  private final Map<Integer, Reader> readers = new ConcurrentHashMap<>();
  private SchemaClient registry = new SchemaClient("");

  private record Reader(GenericDatumReader<GenericRecord> reader, StructSchema structs) {}

  @Override
  public void configure(Map<String, ?> settings, boolean isKey) {
    registry = new SchemaClient(String.valueOf(settings.get("schema.registry.url")));
  }

  @Override
  public byte[] fromConnectData(String topic, Schema schema, Object value) {
    throw new DataException("reads only");
  }

  @Override
  public SchemaAndValue toConnectData(String topic, byte[] value) {
    if (value == null) {
      return SchemaAndValue.NULL;
    }
    var reader = readers.computeIfAbsent(ByteBuffer.wrap(value).getInt(1), this::readerOf);
    var decoder =
        DecoderFactory.get()
            .binaryDecoder(value, HEADER_BYTES, value.length - HEADER_BYTES, DECODERS.get());
    DECODERS.set(decoder);
    try {
      var record = reader.reader.read(null, decoder);
      return new SchemaAndValue(reader.structs.schema(), reader.structs.structOf(record));
    } catch (IOException malformed) {
      throw new DataException("a record of " + topic, malformed);
    }
  }

  private Reader readerOf(int id) {
    var written = registry.byId(id);
    return new Reader(
        new GenericDatumReader<>(written, withStrings(written)), new StructSchema(written));
  }

  /** Texts are wanted as strings at once. */
  private static org.apache.avro.Schema withStrings(org.apache.avro.Schema schema) {
    var copy = new org.apache.avro.Schema.Parser().parse(schema.toString());
    for (var field : copy.getFields()) {
      var types = field.schema().isUnion() ? field.schema().getTypes() : List.of(field.schema());
      types.stream()
          .filter(type -> type.getType() == org.apache.avro.Schema.Type.STRING)
          .forEach(type -> GenericData.setStringType(type, GenericData.StringType.String));
    }
    return copy;
  }
}
