package dev.millrace.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.catalog.Millrace;
import dev.millrace.config.Settings;
import dev.millrace.embedded.junit.KafkaExtension;
import dev.millrace.embedded.junit.KafkaFixture;
import dev.millrace.schema.RecordCatalog;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.camera.CameraRecords;
import dev.millrace.schema.hub.HubRecords;
import dev.millrace.schema.topics.TopicCreator;
import dev.millrace.schema.wire.MessageKey;
import dev.millrace.schema.wire.RecordDecoder;
import dev.millrace.schema.wire.RecordEncoder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(KafkaExtension.class)
class AggregatorIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int ASSETS = 20;
  private static final int SECONDS = 600;

  private final KafkaFixture kafka;
  private final RecordCatalog catalog;
  private final RecordType samples;
  private final RecordType windows;
  private final FakeRegistry registry = new FakeRegistry();
  private final long start = Instant.now().getEpochSecond() / 3_600 * 3_600 - 7_200;

  @TempDir private Path stateDirectory;

  AggregatorIT(KafkaFixture kafka) {
    this.kafka = kafka;
    catalog = Millrace.CATALOG.prefixed(kafka.topicPrefix());
    samples = catalog.byTopic(kafka.topicPrefix() + HubRecords.SAMPLES.topic());
    windows = catalog.byTopic(kafka.topicPrefix() + HubRecords.WINDOWS_5S.topic());
  }

  @Test
  void everySampleIsCountedOnceAcrossARestart() {
    createTopics();
    var tied =
        new TiedEvents(
            catalog, kafka.topicPrefix(), registry, properties(), Instant.ofEpochSecond(start));
    try (var reader = new WindowReader()) {
      try (var aggregator = start()) {
        tied.publish(0);
        tied.publish(1);
        publish(0, SECONDS / 2 + 3);
        await().atMost(PATIENCE).until(() -> reader.read() > ASSETS);
        await().atMost(PATIENCE).until(() -> aggregator.check().ready());
        assertTied(tied, TiedEvents.IDS);
      }
      tied.publish(2);
      publish(SECONDS / 2 + 3, SECONDS);
      try (var again = start()) {
        await()
            .atMost(PATIENCE)
            .untilAsserted(() -> assertThat(reader.samples()).isEqualTo(ASSETS * SECONDS));
        assertTied(tied, 2 * TiedEvents.IDS);
        assertThat(again.check().ready()).isTrue();
        assertThat(again).hasToString("Aggregator(" + kafka.topicPrefix() + "it, RUNNING)");
      }
      assertThat(reader.latest).hasSize(ASSETS * SECONDS / 5);
      assertThat(reader.latest.values())
          .allSatisfy(window -> assertThat(window.get("value_count")).isEqualTo(5L));
      assertThat(reader.unordered).as("a revision that did not follow the one before").isZero();
    }
  }

  /** Every later event with the first of its id; and one alert, however often it is asked for. */
  private static void assertTied(TiedEvents tied, int pairs) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(tied.read(HubRecords.CORRELATIONS)).hasSize(pairs));
    assertThat(tied.read(HubRecords.CORRELATIONS))
        .extracting(pair -> UUID.fromString(pair.get("primary_event_id").toString()))
        .allMatch(first -> first.getLeastSignificantBits() < TiedEvents.IDS);
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(tied.read(CameraRecords.ALERTS)).hasSize(1));
  }

  @Test
  void aMissingTopicEndsItWithAMessageThatNamesIt() {
    var elsewhere = Millrace.CATALOG.prefixed(kafka.topicPrefix() + "none.");
    try (var aggregator = new Aggregator(elsewhere, config(), registry, properties())) {
      aggregator.start();
      await().atMost(PATIENCE).until(() -> !aggregator.check().live());
      assertThat(aggregator.check().reasons().get(0))
          .startsWith("TOPIC_MISSING")
          .contains(kafka.topicPrefix() + "none.hub.samples");
    }
  }

  private void createTopics() {
    try (var admin = Admin.create(Map.<String, Object>copyOf(properties()))) {
      new TopicCreator(admin, (short) 1).create(catalog);
    }
  }

  private Aggregator start() {
    var aggregator = new Aggregator(catalog, config(), registry, properties());
    aggregator.start();
    return aggregator;
  }

  private AggregatorConfig config() {
    return AggregatorConfig.from(
        Settings.of(
            Map.of(
                "aggregator.application_id", "it",
                "aggregator.threads", "2",
                "aggregator.commit_interval_ms", "100",
                "aggregator.idle_timeout_ms", "3000",
                "aggregator.state_dir", stateDirectory.toString())));
  }

  private Map<String, String> properties() {
    return Map.of("bootstrap.servers", kafka.bootstrapServers());
  }

  /** One sample a second of every asset. */
  private void publish(int from, int to) {
    var bytes = new ByteArraySerializer();
    var encoder = new RecordEncoder(samples, registry);
    var config = new HashMap<String, Object>(properties());
    var refused = new ConcurrentLinkedQueue<Exception>();
    try (var producer = new KafkaProducer<>(config, bytes, bytes)) {
      for (var second = from; second < to; second++) {
        for (var asset = 0; asset < ASSETS; asset++) {
          var record = sample("a" + asset, second);
          var key = MessageKey.of(samples, record);
          producer.send(
              new ProducerRecord<>(samples.topic(), key, encoder.encode(record)),
              (sent, failure) -> Optional.ofNullable(failure).ifPresent(refused::add));
        }
      }
    }
    assertThat(refused).isEmpty();
  }

  private GenericRecord sample(String asset, int second) {
    var record = new GenericData.Record(samples.schema());
    record.put("tenant_id", "t");
    record.put("asset_id", asset);
    record.put("metric_type", "gauge");
    record.put("metric_name", "temp");
    record.put("timestamp", (start + second) * 1_000_000);
    record.put("value", (double) second);
    return record;
  }

  /** Reads committed windows and keeps the latest revision of each. */
  private final class WindowReader implements AutoCloseable {
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final RecordDecoder decoder = new RecordDecoder(windows.schema(), registry);
    private final Map<String, GenericRecord> latest = new HashMap<>();
    private int unordered;

    WindowReader() {
      var bytes = new ByteArrayDeserializer();
      Map<String, Object> config = new HashMap<>(properties());
      config.put("isolation.level", "read_committed");
      config.put("auto.offset.reset", "earliest");
      consumer = new KafkaConsumer<>(config, bytes, bytes);
      consumer.assign(
          consumer.partitionsFor(windows.topic()).stream()
              .map(p -> new TopicPartition(p.topic(), p.partition()))
              .toList());
      consumer.seekToBeginning(List.of());
    }

    /** Reads what is there; answers how many windows are known. */
    int read() {
      for (var message : consumer.poll(Duration.ofMillis(100))) {
        var window = decoder.decode(message.value(), null);
        var before = latest.put(window.get("asset_id") + "@" + window.get("timestamp"), window);
        var expected = before == null ? 0 : (int) before.get("revision") + 1;
        unordered += (int) window.get("revision") == expected ? 0 : 1;
      }
      return latest.size();
    }

    long samples() {
      read();
      return latest.values().stream().mapToLong(window -> (long) window.get("value_count")).sum();
    }

    @Override
    public void close() {
      consumer.close();
    }
  }
}
