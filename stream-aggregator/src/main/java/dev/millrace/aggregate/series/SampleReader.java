package dev.millrace.aggregate.series;

import dev.millrace.failure.MillraceException;
import dev.millrace.schema.wire.AvroCursor;
import dev.millrace.schema.wire.MalformedAvroException;
import dev.millrace.schema.wire.RecordDecoder;
import dev.millrace.schema.wire.SchemaRegistry;
import dev.millrace.schema.wire.Undecodable;
import dev.millrace.schema.wire.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Resolver;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/**
 * Reads what a fold needs of the records of one type, straight from their bytes: time, numbers, and
 * the fields that tell series apart. One record at a time; one instance a task.
 *
 * <p>A record whose writer has every needed field as the reader has it is walked once and nothing
 * is allocated. Any other that can be read is decoded, and encoded anew as the reader would have
 * written it.
 */
final class SampleReader {
  private final FoldPlan plan;
  private final Schema schema;
  private final SchemaRegistry registry;
  private final Undecodable undecodable;
  private final RecordDecoder decoder;
  private final AvroCursor cursor = new AvroCursor();
  private final RawRecord record;
  private final RawSteps own;
  private final GenericDatumWriter<GenericRecord> writer;
  private final Map<Integer, Optional<RawSteps>> writers = new HashMap<>();
  private BinaryEncoder encoder;
  private int latestId = -1;

  /** Those of the latest id; null where its records must be translated. */
  private RawSteps latest;

  SampleReader(FoldPlan plan, SchemaRegistry registry) {
    this.plan = plan;
    this.schema = plan.type().schema();
    this.registry = registry;
    this.undecodable = new Undecodable(schema);
    this.decoder = new RecordDecoder(schema, registry);
    this.record = new RawRecord(plan);
    this.writer = new GenericDatumWriter<>(schema);
    this.own = RawSteps.of(plan, schema).orElseThrow();
  }

  /**
   * Reads a message. What is answered is good until the next is read.
   *
   * @throws MillraceException as {@link RecordDecoder#decode} does
   */
  RawRecord read(byte[] message) {
    var id = undecodable.schemaIdOf(message);
    if (id != latestId) {
      latest = writers.computeIfAbsent(id, this::compile).orElse(null);
      latestId = id;
    }
    if (latest == null) {
      walk(own, encoded(decoder.decode(message, null)), 0, id);
    } else {
      walk(latest, message, WireFormat.HEADER_BYTES, id);
    }
    return record;
  }

  private void walk(RawSteps steps, byte[] bytes, int from, int id) {
    cursor.read(bytes, from);
    record.clear();
    try {
      steps.take(cursor, record);
    } catch (MalformedAvroException broken) {
      throw undecodable.notAvro(id, broken);
    }
    if (!cursor.isAtEnd()) {
      throw undecodable.leftOver(id);
    }
  }

  private Optional<RawSteps> compile(int id) {
    var json = registry.schemaById(id);
    try {
      var writer = new Schema.Parser().parse(json);
      var resolved = Resolver.resolve(writer, schema, GenericData.get());
      if (resolved instanceof Resolver.ErrorAction) {
        throw new AvroRuntimeException(resolved.toString());
      }
      return RawSteps.of(plan, writer);
    } catch (AvroRuntimeException unusable) {
      throw undecodable.unreadable(id, unusable);
    }
  }

  private byte[] encoded(GenericRecord translated) {
    var bytes = new ByteArrayOutputStream();
    encoder = EncoderFactory.get().directBinaryEncoder(bytes, encoder);
    try {
      writer.write(translated, encoder);
    } catch (IOException impossible) {
      throw new UncheckedIOException("writing to memory", impossible);
    }
    return bytes.toByteArray();
  }
}
