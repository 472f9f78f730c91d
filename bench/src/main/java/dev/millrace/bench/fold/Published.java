package dev.millrace.bench.fold;

import dev.millrace.bench.fold.Expected.Figures;
import dev.millrace.bench.fold.Expected.Place;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.Tier;
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
 * The windows that were published, as a reader of committed records has them: of each the last
 * revision, and how many came twice, or not in their order. Reads on when asked again. One thread.
 */
final class Published implements AutoCloseable {
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final List<TopicPartition> partitions;
  private final Map<String, Tier> tiers = new HashMap<>();
  private final RecordDecoder decoder;
  private final Map<Place, Figures> windows = new HashMap<>();
  private final Map<Place, Integer> revisions = new HashMap<>();
  private long outOfOrder;
  private long revised;

  Published(Map<Tier, RecordType> types, Map<String, String> kafka, SchemaRegistry registry) {
    var settings = new HashMap<String, Object>(kafka);
    settings.put("isolation.level", "read_committed");
    settings.put("enable.auto.commit", "false");
    var bytes = new ByteArrayDeserializer();
    consumer = new KafkaConsumer<>(settings, bytes, bytes);
    types.forEach((tier, type) -> tiers.put(type.topic(), tier));
    partitions =
        tiers.keySet().stream()
            .flatMap(topic -> consumer.partitionsFor(topic).stream())
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    decoder = new RecordDecoder(MetricWindow.getClassSchema(), registry);
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /** Reads on to what is committed now. */
  void readOn() {
    var ends = consumer.endOffsets(partitions);
    while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
      for (var message : consumer.poll(Duration.ofMillis(100))) {
        take(tiers.get(message.topic()), decoder.decode(message.value(), null));
      }
    }
  }

  private void take(Tier tier, GenericRecord window) {
    var place = new Place(window.get("asset_id").toString(), tier, (Long) window.get("timestamp"));
    var revision = (Integer) window.get("revision");
    var before = revisions.put(place, revision);
    if (revision != (before == null ? 0 : before + 1)) {
      outOfOrder++;
    }
    if (before != null) {
      revised++;
    }
    windows.put(
        place,
        new Figures(
            (Long) window.get("value_count"),
            (Double) window.get("value_min"),
            (Double) window.get("value_max"),
            (Double) window.get("value_sum")));
  }

  /** The last revision of each. */
  Map<Place, Figures> windows() {
    return windows;
  }

  /** Windows that did not have the revision after the one before: doubled, lost or swapped. */
  long outOfOrder() {
    return outOfOrder;
  }

  /** Revisions after the first. */
  long revised() {
    return revised;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
