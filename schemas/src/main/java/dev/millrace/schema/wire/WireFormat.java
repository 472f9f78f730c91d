package dev.millrace.schema.wire;

import dev.millrace.schema.RecordType;

/** Confluent's wire format: a zero byte, the schema id as four bytes big-endian, Avro binary. */
public final class WireFormat {
  /** What stands before the Avro bytes. */
  public static final int HEADER_BYTES = 5;

  static final byte MAGIC = 0;

  private WireFormat() {}

  /**
   * What stands before every record of a type. Registers its schema.
   *
   * @throws dev.millrace.failure.MillraceException if the registry is away or refuses the schema
   */
  public static byte[] header(RecordType type, SchemaRegistry registry) {
    var header = new byte[HEADER_BYTES];
    writeHeader(header, registry.register(type.subject(), type.schema().toString()));
    return header;
  }

  static void writeHeader(byte[] bytes, int schemaId) {
    bytes[0] = MAGIC;
    bytes[1] = (byte) (schemaId >>> 24);
    bytes[2] = (byte) (schemaId >>> 16);
    bytes[3] = (byte) (schemaId >>> 8);
    bytes[4] = (byte) schemaId;
  }

  /** Whether the bytes, which may be null, begin as the format wants it. */
  public static boolean isFramed(byte[] bytes) {
    return bytes != null && bytes.length >= HEADER_BYTES && bytes[0] == MAGIC;
  }

  /** The id in the header of bytes that are framed. */
  public static int readSchemaId(byte[] bytes) {
    return (bytes[1] & 0xff) << 24
        | (bytes[2] & 0xff) << 16
        | (bytes[3] & 0xff) << 8
        | (bytes[4] & 0xff);
  }
}
