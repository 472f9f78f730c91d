package dev.millrace.schema.wire;

import dev.millrace.failure.MillraceException;
import dev.millrace.schema.SchemaFailure;
import org.apache.avro.Schema;

/**
 * Says why a message is no record of a reader's schema, in the same words wherever it is read: as
 * {@link SchemaFailure#UNDECODABLE}. Immutable.
 */
public record Undecodable(Schema reader) {

  /**
   * The schema id in a message's header.
   *
   * @throws MillraceException if it has none
   */
  public int schemaIdOf(byte[] message) {
    if (!WireFormat.isFramed(message)) {
      throw because("no wire-format header (a zero byte and a 4-byte schema id)", null);
    }
    return WireFormat.readSchemaId(message);
  }

  /** The bytes are not Avro of the writer's schema. */
  public MillraceException notAvro(int schemaId, Throwable broken) {
    return because("not Avro of schema id %d: %s".formatted(schemaId, broken.getMessage()), broken);
  }

  /** There are bytes behind the record. */
  public MillraceException leftOver(int schemaId) {
    return because("bytes left over after the record (schema id %d)".formatted(schemaId), null);
  }

  /** No record of the writer's schema can be read. */
  public MillraceException unreadable(int schemaId, Throwable why) {
    return because("schema id %d cannot be read: %s".formatted(schemaId, why.getMessage()), why);
  }

  private MillraceException because(String why, Throwable cause) {
    return new MillraceException(
        SchemaFailure.UNDECODABLE,
        "undecodable as %s: %s".formatted(reader.getFullName(), why),
        cause);
  }
}
