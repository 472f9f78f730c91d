package dev.millrace.schema.wire;

import dev.millrace.failure.MillraceException;
import dev.millrace.schema.SchemaFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;

/**
 * Decodes wire-format bytes of one topic to generic records of one reader schema, whatever schema
 * they were written with. Writer schemas are fetched once by id, and the way from writer to reader
 * is resolved once. Logical types stay raw: a timestamp is a {@code Long} of microseconds, text is
 * {@code Utf8}. One instance a thread.
 */
public final class RecordDecoder {
  private final SchemaRegistry registry;
  private final Schema readerSchema;
  private final Undecodable undecodable;
  private final GenericData data = new GenericData();
  private final Map<Integer, GenericDatumReader<GenericRecord>> readers = new HashMap<>();
  private BinaryDecoder decoder;

  public RecordDecoder(Schema readerSchema, SchemaRegistry registry) {
    this.readerSchema = readerSchema;
    this.undecodable = new Undecodable(readerSchema);
    this.registry = registry;
  }

  /**
   * Decodes one record.
   *
   * @param reuse a record whose memory may be used again, or null
   * @throws MillraceException {@link SchemaFailure#UNDECODABLE} or {@link
   *     SchemaFailure#UNKNOWN_SCHEMA_ID} if the record can never be decoded, {@link
   *     SchemaFailure#REGISTRY_UNAVAILABLE} if it may later
   */
  public GenericRecord decode(byte[] bytes, GenericRecord reuse) {
    var id = undecodable.schemaIdOf(bytes);
    var reader = readers.get(id);
    if (reader == null) {
      reader = readerOf(id);
      readers.put(id, reader);
    }
    var length = bytes.length - WireFormat.HEADER_BYTES;
    decoder = DecoderFactory.get().binaryDecoder(bytes, WireFormat.HEADER_BYTES, length, decoder);
    var record = read(reader, reuse, id);
    if (!atEnd()) {
      throw undecodable.leftOver(id);
    }
    return record;
  }

  private GenericRecord read(
      GenericDatumReader<GenericRecord> reader, GenericRecord reuse, int id) {
    try {
      return reader.read(reuse, decoder);
    } catch (IOException | RuntimeException broken) {
      throw undecodable.notAvro(id, broken);
    }
  }

  private boolean atEnd() {
    try {
      return decoder.isEnd();
    } catch (IOException impossible) {
      throw new UncheckedIOException("reading from memory", impossible);
    }
  }

  private GenericDatumReader<GenericRecord> readerOf(int id) {
    var json = registry.schemaById(id);
    try {
      var reader =
          new GenericDatumReader<GenericRecord>(
              new Schema.Parser().parse(json), readerSchema, data);
      reader.setExpected(readerSchema);
      return reader;
    } catch (AvroRuntimeException unusable) {
      throw undecodable.unreadable(id, unusable);
    }
  }
}
