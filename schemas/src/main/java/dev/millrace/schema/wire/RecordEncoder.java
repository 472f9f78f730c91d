package dev.millrace.schema.wire;

import dev.millrace.schema.RecordType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;

/**
 * Encodes the records of one type to the wire format, into a buffer that is reused. Takes generic
 * records and generated ones. Registers the type's schema when made. One instance a thread; one
 * allocation a record, the returned array.
 */
public final class RecordEncoder {
  private static final int INITIAL_BYTES = 512;

  private final DatumWriter<IndexedRecord> writer;
  private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(INITIAL_BYTES);
  private final byte[] header;
  private BinaryEncoder encoder;

  /**
   * Registers the schema of {@code type} under its subject.
   *
   * @throws dev.millrace.failure.MillraceException if the registry is away or refuses the schema
   */
  public RecordEncoder(RecordType type, SchemaRegistry registry) {
    this.writer = new SpecificDatumWriter<>(type.schema(), SpecificData.get());
    this.header = WireFormat.header(type, registry);
  }

  /**
   * Encodes one record of the type.
   *
   * @throws org.apache.avro.AvroRuntimeException or {@link ClassCastException} or {@link
   *     NullPointerException} if a value does not fit its field, as Avro has it
   */
  public byte[] encode(IndexedRecord record) {
    buffer.reset();
    buffer.write(header, 0, header.length);
    encoder = EncoderFactory.get().directBinaryEncoder(buffer, encoder);
    try {
      writer.write(record, encoder);
    } catch (IOException impossible) {
      throw new UncheckedIOException("writing to memory", impossible);
    }
    return buffer.toByteArray();
  }
}
