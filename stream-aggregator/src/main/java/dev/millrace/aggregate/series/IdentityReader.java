package dev.millrace.aggregate.series;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;

/** Makes records of encoded identities, for what is seldom published. One instance a task. */
final class IdentityReader {
  private final GenericDatumReader<GenericRecord> reader;
  private BinaryDecoder decoder;

  /** Reads those of {@link FoldPlan#identitySchema}. */
  IdentityReader(Schema identity) {
    reader = new GenericDatumReader<>(identity);
  }

  GenericRecord read(byte[] encoded) {
    decoder = DecoderFactory.get().binaryDecoder(encoded, decoder);
    try {
      return reader.read(null, decoder);
    } catch (IOException impossible) {
      throw new UncheckedIOException("reading from memory", impossible);
    }
  }
}
