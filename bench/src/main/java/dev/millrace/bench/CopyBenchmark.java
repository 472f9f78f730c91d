package dev.millrace.bench;

import dev.millrace.schema.audio.AudioRecords;
import dev.millrace.schema.audio.MetricWindow;
import dev.millrace.schema.wire.ConfluentSchemaRegistry;
import dev.millrace.schema.wire.RecordEncoder;
import dev.millrace.sink.encode.Column;
import dev.millrace.sink.encode.CopyBuffer;
import dev.millrace.sink.encode.RowEncoder;
import dev.millrace.sink.encode.RowPlan;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;
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

/** What it costs to turn the bytes of one 5 s window into a row of binary COPY. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class CopyBenchmark {
  private static final List<String> TAPS = List.of("PRE", "POST");

  private final RowPlan plan =
      new RowPlan(
          MetricWindow.getClassSchema(),
          List.of(
              column("trace_id", "text"),
              column("station_key", "text"),
              new Column(table(), "tap", "tap_type", -1, true, TAPS),
              column("metric_key", "text"),
              column("bucket_ts", "timestamptz"),
              column("bucket_ms", "int4"),
              column("count", "int4"),
              column("min", "float8"),
              column("max", "float8"),
              column("sum", "float8"),
              column("avg", "float8"),
              column("last", "float8"),
              column("revision", "int4")));

  private final CopyBuffer buffer = new CopyBuffer();
  private RowEncoder encoder;
  private byte[] bytes;

  /** Registers the schema and encodes the record once. */
  @Setup
  public void register() {
    var registry = new ConfluentSchemaRegistry("mock://bench", Map.of());
    bytes = new RecordEncoder(AudioRecords.WINDOWS_5S, registry).encode(window());
    encoder = new RowEncoder(plan, registry);
  }

  private static GenericRecord window() {
    var schema = MetricWindow.getClassSchema();
    var window = new GenericData.Record(schema);
    window.put("trace_id", new Utf8("call-7f3a"));
    window.put("station_key", new Utf8("St_3_3333"));
    window.put("tap", new GenericData.EnumSymbol(schema.getField("tap").schema(), "PRE"));
    window.put("metric_key", new Utf8("pcm.rms_dbfs"));
    window.put("bucket_ts", 1_772_359_205_000_000L);
    window.put("bucket_ms", 5_000);
    window.put("count", 5);
    for (var statistic : List.of("min", "max", "sum", "avg", "last")) {
      window.put(statistic, -23.125);
    }
    window.put("revision", 0);
    return window;
  }

  private static String table() {
    return AudioRecords.WINDOWS_5S.table().orElseThrow().toString();
  }

  private static Column column(String name, String type) {
    return new Column(table(), name, type, -1, true, List.of());
  }

  /** Wire format to COPY; returns the row's size. */
  @Benchmark
  public int encodeRow() {
    buffer.truncate(0);
    encoder.append(bytes, buffer);
    return buffer.size();
  }
}
