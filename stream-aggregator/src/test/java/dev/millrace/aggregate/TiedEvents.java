package dev.millrace.aggregate;

import dev.millrace.catalog.Fixtures;
import dev.millrace.schema.RecordCatalog;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.camera.CameraRecords;
import dev.millrace.schema.hub.HubRecords;
import dev.millrace.schema.wire.MessageKey;
import dev.millrace.schema.wire.RecordDecoder;
import dev.millrace.schema.wire.RecordEncoder;
import dev.millrace.schema.wire.SchemaRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Events of a few correlation ids and an analysis, and what a real cluster makes of them. */
final class TiedEvents {
  static final int IDS = 10;

  private final RecordCatalog catalog;
  private final String prefix;
  private final SchemaRegistry registry;
  private final Map<String, Object> properties;
  private final Instant time;

  TiedEvents(
      RecordCatalog catalog,
      String prefix,
      SchemaRegistry registry,
      Map<String, String> properties,
      Instant time) {
    this.catalog = catalog;
    this.prefix = prefix;
    this.registry = registry;
    this.properties = Map.copyOf(properties);
    this.time = time;
  }

  /** One event of each id, of as many assets; and the analysis, always the same. */
  void publish(int round) {
    var bytes = new ByteArraySerializer();
    try (var producer = new KafkaProducer<>(new HashMap<>(properties), bytes, bytes)) {
      for (var id = 0; id < IDS; id++) {
        var event = HubEvent.of(round * IDS + id, time.plusSeconds(round)).correlation(id);
        send(producer, HubRecords.EVENTS, event.with("asset_id", "a" + id).record());
      }
      send(producer, CameraRecords.ANALYSES, Fixtures.full(CameraRecords.ANALYSES));
    }
  }

  private void send(
      KafkaProducer<byte[], byte[]> producer, RecordType plain, GenericRecord record) {
    var type = own(plain);
    var value = new RecordEncoder(type, registry).encode(record);
    producer.send(new ProducerRecord<>(type.topic(), MessageKey.of(type, record), value));
  }

  private RecordType own(RecordType type) {
    return catalog.byTopic(prefix + type.topic());
  }

  /** All that is committed of a type. */
  List<GenericRecord> read(RecordType plain) {
    var type = own(plain);
    var bytes = new ByteArrayDeserializer();
    var config = new HashMap<>(properties);
    config.put("isolation.level", "read_committed");
    var decoder = new RecordDecoder(type.schema(), registry);
    var found = new ArrayList<GenericRecord>();
    try (var consumer = new KafkaConsumer<>(config, bytes, bytes)) {
      var partitions =
          consumer.partitionsFor(type.topic()).stream()
              .map(each -> new TopicPartition(each.topic(), each.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      var ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
        for (var message : consumer.poll(Duration.ofMillis(100))) {
          found.add(decoder.decode(message.value(), null));
        }
      }
    }
    return found;
  }
}
