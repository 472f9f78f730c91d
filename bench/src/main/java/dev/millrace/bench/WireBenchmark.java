package dev.millrace.bench;

import dev.millrace.schema.audio.AudioRecords;
import dev.millrace.schema.audio.Direction;
import dev.millrace.schema.audio.Sample;
import dev.millrace.schema.audio.StationLayer;
import dev.millrace.schema.audio.Tap;
import dev.millrace.schema.wire.ConfluentSchemaRegistry;
import dev.millrace.schema.wire.RecordDecoder;
import dev.millrace.schema.wire.RecordEncoder;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.avro.generic.GenericRecord;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs to write one audio sample in the wire format, and to read it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class WireBenchmark {
  private final Sample sample =
      new Sample(
          "call-7f3a",
          "St_3_3333",
          "STTTTS_PCM_INGRESS",
          StationLayer.core,
          Direction.RX,
          Tap.PRE,
          "pcm.rms_dbfs",
          Instant.parse("2026-03-01T10:00:01.250Z"),
          -23.125);

  private RecordEncoder encoder;
  private RecordDecoder decoder;
  private byte[] bytes;
  private GenericRecord reuse;

  /** Registers the schema and encodes the record once. */
  @Setup
  public void register() {
    var registry = new ConfluentSchemaRegistry("mock://bench", Map.of());
    encoder = new RecordEncoder(AudioRecords.SAMPLES, registry);
    decoder = new RecordDecoder(AudioRecords.SAMPLES.schema(), registry);
    bytes = encoder.encode(sample);
  }

  /** Generated record to bytes. */
  @Benchmark
  public byte[] encode() {
    return encoder.encode(sample);
  }

  /** Bytes to a generic record whose memory is used again. */
  @Benchmark
  public GenericRecord decode() {
    reuse = decoder.decode(bytes, reuse);
    return reuse;
  }
}
