package dev.millrace.bench.soak;

import dev.millrace.bench.traffic.SteadySamples;
import dev.millrace.schema.hub.HubRecords;
import dev.millrace.schema.hub.MetricWindow;
import dev.millrace.schema.wire.RecordDecoder;
import dev.millrace.schema.wire.SchemaRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The windows of five seconds that were published, as a reader of committed records has them: of
 * each how many samples its last revision counts. Reads on when asked again. One thread.
 */
final class FinestWindows implements AutoCloseable {
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final List<TopicPartition> partitions;
  private final RecordDecoder decoder;
  private final Grid found;
  private GenericRecord reused;

  FinestWindows(SteadySamples samples, Map<String, String> kafka, SchemaRegistry registry) {
    var settings = new HashMap<String, Object>(kafka);
    settings.put("isolation.level", "read_committed");
    settings.put("enable.auto.commit", "false");
    var bytes = new ByteArrayDeserializer();
    consumer = new KafkaConsumer<>(settings, bytes, bytes);
    partitions =
        consumer.partitionsFor(HubRecords.WINDOWS_5S.topic()).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    decoder = new RecordDecoder(MetricWindow.getClassSchema(), registry);
    found = new Grid(samples.series(), samples.micros(0));
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /** What the windows must be after so many samples. */
  static Grid expected(SteadySamples samples, long published) {
    var expected = new Grid(samples.series(), samples.micros(0));
    for (var number = 0L; number < published; number++) {
      expected.add(samples.series(number), samples.micros(number));
    }
    return expected;
  }

  /** Reads on to what is committed now. */
  Grid readOn() {
    var ends = consumer.endOffsets(partitions);
    while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
      for (var message : consumer.poll(Duration.ofMillis(100))) {
        reused = decoder.decode(message.value(), reused);
        found.set(
            SteadySamples.series((CharSequence) reused.get("asset_id")),
            (Long) reused.get("timestamp"),
            (Long) reused.get("value_count"));
      }
    }
    return found;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
