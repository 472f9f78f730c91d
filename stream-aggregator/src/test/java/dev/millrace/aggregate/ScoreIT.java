package dev.millrace.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.config.Settings;
import dev.millrace.embedded.junit.KafkaExtension;
import dev.millrace.embedded.junit.KafkaFixture;
import dev.millrace.schema.RecordCatalog;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.insight.InsightRecords;
import dev.millrace.schema.network.NetworkRecords;
import dev.millrace.schema.topics.TopicCreator;
import dev.millrace.schema.wire.MessageKey;
import dev.millrace.schema.wire.RecordDecoder;
import dev.millrace.schema.wire.RecordEncoder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

/** Scores with a broker: what is known of a device, a site and the network survives a restart. */
@ExtendWith(KafkaExtension.class)
class ScoreIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Those that are scored, and what they are scored by: few tasks, a quick start. */
  private static final List<RecordType> TYPES =
      List.of(
          NetworkRecords.WINDOWS_1H,
          NetworkRecords.AVAILABILITY_METRICS,
          InsightRecords.ANOMALIES,
          InsightRecords.BASELINES,
          InsightRecords.HEALTH_SCORES);

  private final KafkaFixture kafka;
  private final RecordCatalog catalog;
  private final RecordType scores;
  private final FakeRegistry registry = new FakeRegistry();
  private final Map<String, GenericRecord> latest = new HashMap<>();

  @TempDir private Path stateDirectory;

  ScoreIT(KafkaFixture kafka) {
    this.kafka = kafka;
    catalog = new RecordCatalog(TYPES).prefixed(kafka.topicPrefix());
    scores = catalog.byTopic(kafka.topicPrefix() + InsightRecords.HEALTH_SCORES.topic());
  }

  @Test
  void whatIsKnownSurvivesARestart() {
    try (var admin = Admin.create(Map.<String, Object>copyOf(properties()))) {
      new TopicCreator(admin, (short) 1).create(catalog);
    }
    try (var reader = reader()) {
      try (var aggregator = start()) {
        publish(ScoredNetwork.window("10.0.0.1", 3, 0, "availability_pct", 99));
        publish(ScoredNetwork.step("a", "10.0.0.1", 3, 65, "opened", "warning"));
        await().atMost(PATIENCE).until(() -> counts(reader, "network", 1));
        assertThat(aggregator.check().ready()).isTrue();
      }
      publish(ScoredNetwork.step("b", "10.0.0.1", 3, 70, "opened", "critical"));
      try (var again = start()) {
        await().atMost(PATIENCE).until(() -> counts(reader, "network", 2));
        assertThat(again.check().ready()).isTrue();
      }
      for (var scope : List.of("device", "site", "network")) {
        assertThat(latest.get(scope).get("active_warning_count")).as(scope).isEqualTo(1);
        assertThat(latest.get(scope).get("availability_score")).as(scope).isEqualTo(80.0);
      }
    }
  }

  private Aggregator start() {
    var config =
        AggregatorConfig.from(
            Settings.of(
                Map.of(
                    "aggregator.application_id", "scores",
                    "aggregator.commit_interval_ms", "100",
                    "aggregator.state_dir", stateDirectory.toString())));
    var aggregator = new Aggregator(catalog, config, registry, properties());
    aggregator.start();
    return aggregator;
  }

  private Map<String, String> properties() {
    return Map.of("bootstrap.servers", kafka.bootstrapServers());
  }

  private void publish(ScoredNetwork.Message message) {
    var type = catalog.byTopic(kafka.topicPrefix() + message.type().topic());
    var bytes = new ByteArraySerializer();
    var value = new RecordEncoder(type, registry).encode(message.record());
    try (var producer = new KafkaProducer<>(new HashMap<>(properties()), bytes, bytes)) {
      producer.send(
          new ProducerRecord<>(type.topic(), MessageKey.of(type, message.record()), value));
    }
  }

  private KafkaConsumer<byte[], byte[]> reader() {
    var bytes = new ByteArrayDeserializer();
    Map<String, Object> config = new HashMap<>(properties());
    config.put("isolation.level", "read_committed");
    var consumer = new KafkaConsumer<>(config, bytes, bytes);
    consumer.assign(
        consumer.partitionsFor(scores.topic()).stream()
            .map(each -> new TopicPartition(each.topic(), each.partition()))
            .toList());
    consumer.seekToBeginning(List.of());
    return consumer;
  }

  /** Whether a scope was last published with so many open incidents. */
  private boolean counts(KafkaConsumer<byte[], byte[]> reader, String scope, int incidents) {
    var decoder = new RecordDecoder(scores.schema(), registry);
    for (var message : reader.poll(Duration.ofMillis(100))) {
      var score = decoder.decode(message.value(), null);
      // The end of the hour before may be published later than what an incident calls for.
      latest.merge(score.get("scope_type").toString(), score, ScoreIT::later);
    }
    return latest.containsKey(scope)
        && latest.get(scope).get("active_anomaly_count").equals(incidents);
  }

  private static GenericRecord later(GenericRecord one, GenericRecord other) {
    return (Long) other.get("calculated_at") >= (Long) one.get("calculated_at") ? other : one;
  }
}
