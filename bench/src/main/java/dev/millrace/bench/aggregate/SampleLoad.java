package dev.millrace.bench.aggregate;

import dev.millrace.schema.RecordType;
import dev.millrace.schema.TopicSettings;
import dev.millrace.schema.hub.HubRecords;
import dev.millrace.schema.hub.Sample;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/**
 * Samples of many series, each at a steady rate, one sample of every series after the other, with
 * some noise in value and time. The same seed and begin, the same samples.
 *
 * @param name of its topic
 * @param series how many
 * @param hertz samples a second of each
 * @param samples in all
 * @param beginMicros time of the first
 */
record SampleLoad(String name, int series, int hertz, long samples, long beginMicros) {
  static final int PARTITIONS = 4;

  private static final long SEED = 11;
  private static final int JITTER_MICROS = 2_000;

  /** The topic: of the hub's samples, by another name. */
  RecordType type() {
    var samples = HubRecords.SAMPLES;
    return RecordType.of(name, samples.schema())
        .settings(TopicSettings.keep(PARTITIONS, Duration.ofDays(1)))
        .key("tenant_id", "asset_id")
        .eventTime("timestamp")
        .folded(samples.fold().orElseThrow());
  }

  void forEach(Consumer<GenericRecord> action) {
    var random = new SplittableRandom(SEED);
    var sample = new GenericData.Record(Sample.getClassSchema());
    sample.put("tenant_id", "default");
    sample.put("metric_type", "gauge");
    sample.put("metric_name", "load");
    for (var i = 0L; i < samples; i++) {
      var tick = i / series;
      sample.put("asset_id", "asset-" + i % series);
      sample.put(
          "timestamp", beginMicros + tick * 1_000_000 / hertz + random.nextInt(JITTER_MICROS));
      sample.put("value", 50 + 10 * random.nextDouble());
      action.accept(sample);
    }
  }
}
