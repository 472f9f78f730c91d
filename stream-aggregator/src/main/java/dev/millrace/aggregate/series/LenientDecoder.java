package dev.millrace.aggregate.series;

import dev.millrace.failure.MillraceException;
import dev.millrace.failure.Owner;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.wire.RecordDecoder;
import dev.millrace.schema.wire.SchemaRegistry;
import java.util.Optional;
import org.apache.avro.generic.GenericRecord;

/**
 * Decodes what is there to be decoded: of a message without a value, or that can never be decoded,
 * nothing is made. A registry that is away throws. One instance a task.
 */
final class LenientDecoder {
  private final RecordDecoder decoder;

  LenientDecoder(RecordType type, SchemaRegistry registry) {
    this.decoder = new RecordDecoder(type.schema(), registry);
  }

  /** The record, if there is one. */
  Optional<GenericRecord> decode(byte[] value) {
    if (value == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(decoder.decode(value, null));
    } catch (MillraceException failed) {
      if (failed.code().owner() != Owner.DATA) {
        throw failed;
      }
      return Optional.empty();
    }
  }
}
