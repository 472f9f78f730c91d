package dev.millrace.bench.load;

import dev.millrace.schema.RecordType;
import dev.millrace.schema.audio.AudioRecords;
import dev.millrace.schema.audio.MetricWindow;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.util.Utf8;

/** Five-second windows of every metric of every station a call passes, before and after it. */
public final class AudioWindows implements GeneratedTable {
  /** The metrics of every station. */
  public static final List<String> METRICS =
      List.of(
          "pcm.rms_dbfs",
          "pcm.peak_dbfs",
          "pcm.dc_offset",
          "pcm.clipped_samples",
          "rtp.jitter_ms",
          "rtp.lost_packets");

  private static final List<String> TAPS = List.of("PRE", "POST");
  private static final Duration BATCH = Duration.ofMinutes(15);
  private static final List<Utf8> ENCODED_METRICS = METRICS.stream().map(Utf8::new).toList();
  private static final List<Utf8> STATIONS =
      IntStream.range(0, Calls.stations()).mapToObj(n -> new Utf8(Calls.stationKey(n))).toList();

  private final long seed;
  private final Calls calls;
  private final List<GenericData.EnumSymbol> taps;

  public AudioWindows(long seed, Calls calls) {
    this.seed = seed;
    this.calls = calls;
    var tap = MetricWindow.getClassSchema().getField("tap").schema();
    taps = TAPS.stream().map(symbol -> new GenericData.EnumSymbol(tap, symbol)).toList();
  }

  /** Rows of one call in one window. */
  public static int rowsOfAWindow() {
    return Calls.stationsOfACall() * TAPS.size() * METRICS.size();
  }

  @Override
  public RecordType type() {
    return AudioRecords.WINDOWS_5S;
  }

  @Override
  public long rows() {
    return calls.all().stream().mapToLong(AudioWindows::windows).sum() * rowsOfAWindow();
  }

  private static long windows(Call call) {
    return Duration.between(call.started(), call.ended()).dividedBy(Calls.WINDOW);
  }

  @Override
  public TimeSpan span() {
    return calls.span();
  }

  @Override
  public int batches() {
    return (int) Duration.between(span().from(), span().until()).dividedBy(BATCH);
  }

  @Override
  public void generate(int batch, Consumer<IndexedRecord> out) {
    var random = new SplittableRandom(seed * 31 + batch);
    var window = windowRecord(MetricWindow.getClassSchema());
    var begin = span().from().plus(BATCH.multipliedBy(batch));
    var time = new TimeSpan(begin, begin.plus(BATCH));
    var on = calls.all().stream().filter(call -> call.overlaps(time)).toList();
    for (var at = begin; at.isBefore(time.until()); at = at.plus(Calls.WINDOW)) {
      window.put("bucket_ts", ChronoUnit.MICROS.between(Instant.EPOCH, at));
      for (var call : on) {
        if (call.isOnAt(at)) {
          generate(window, call, random, out);
        }
      }
    }
  }

  private static GenericRecord windowRecord(Schema schema) {
    var window = new GenericData.Record(schema);
    window.put("station_group", new Utf8("STTTTS_PCM_INGRESS"));
    window.put("layer", symbol(schema, "layer", "core"));
    window.put("direction", symbol(schema, "direction", "RX"));
    window.put("bucket_ms", (int) Calls.WINDOW.toMillis());
    window.put("revision", 0);
    return window;
  }

  private static GenericData.EnumSymbol symbol(Schema schema, String field, String symbol) {
    return new GenericData.EnumSymbol(schema.getField(field).schema().getTypes().get(1), symbol);
  }

  private void generate(
      GenericRecord window, Call call, SplittableRandom random, Consumer<IndexedRecord> out) {
    window.put("trace_id", new Utf8(call.traceId()));
    for (var station : call.stations()) {
      window.put("station_key", STATIONS.get(station));
      for (var tap : taps) {
        window.put("tap", tap);
        for (var metric : ENCODED_METRICS) {
          window.put("metric_key", metric);
          fillValues(window, -40 + 20 * random.nextDouble());
          out.accept(window);
        }
      }
    }
  }

  private static void fillValues(GenericRecord window, double mean) {
    window.put("count", 50);
    window.put("min", mean - 6);
    window.put("max", mean + 6);
    window.put("sum", mean * 50);
    window.put("avg", mean);
    window.put("last", mean + 1);
  }
}
