package dev.millrace.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.millrace.catalog.Millrace;
import dev.millrace.config.Settings;
import dev.millrace.embedded.junit.KafkaExtension;
import dev.millrace.embedded.junit.KafkaFixture;
import dev.millrace.failure.MillraceException;
import dev.millrace.schema.RecordCatalog;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.hub.HubRecords;
import dev.millrace.schema.network.NetworkRecords;
import dev.millrace.schema.topics.TopicCreator;
import dev.millrace.schema.wire.MessageKey;
import dev.millrace.schema.wire.RecordDecoder;
import dev.millrace.schema.wire.RecordEncoder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.apache.avro.generic.GenericData;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What is computed again is what it was, byte by byte. */
@ExtendWith(KafkaExtension.class)
class ResetIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int ASSETS = 7;
  private static final int SAMPLES = 4_000;

  private final KafkaFixture kafka;
  private final RecordCatalog catalog;
  private final RecordType samples;
  private final FakeRegistry registry = new FakeRegistry();

  /** A midnight, so that the days begin there. */
  private final Instant start =
      Instant.ofEpochSecond(Instant.now().getEpochSecond() / 86_400 * 86_400 - 86_400);

  @TempDir private Path stateDirectory;

  ResetIT(KafkaFixture kafka) {
    this.kafka = kafka;
    catalog = Millrace.CATALOG.prefixed(kafka.topicPrefix());
    samples = own(HubRecords.SAMPLES);
  }

  private RecordType own(RecordType type) {
    return catalog.byTopic(kafka.topicPrefix() + type.topic());
  }

  @Test
  void whatIsComputedAgainIsTheSameAndWhatCameBeforeIsLeftAlone() {
    try (var admin = Admin.create(Map.<String, Object>copyOf(properties()))) {
      new TopicCreator(admin, (short) 1).create(catalog);
    }
    publish();
    var first = computed(config(Map.of()), Map.of(), rows -> days(rows) == ASSETS);
    assertThat(first.rows()).hasSizeGreaterThan(2_000);

    var another = kafka.topicPrefix() + "reset-2-hub.samples-series-changelog";
    createTopic(another);
    var reset = new Reset(catalog, config(Map.of()), registry).to(start, properties());
    assertThat(reset.deleted())
        .contains(
            kafka.topicPrefix() + "reset-" + samples.topic() + "-series-changelog",
            kafka.topicPrefix() + "reset-" + own(NetworkRecords.SITE_DAYS).topic() + "-repartition")
        .doesNotContain(another);
    assertThat(reset.toRead()).isGreaterThanOrEqualTo(SAMPLES);
    var again = computed(config(Map.of()), first.ends(), rows -> days(rows) == ASSETS);
    assertThat(again.rows()).isEqualTo(first.rows());

    var hour = start.plusSeconds(3_600);
    var expected = new TreeMap<>(first.rows());
    expected.keySet().removeIf(place -> micros(place) < micros(hour));
    new Reset(catalog, config(Map.of()), registry).to(start, properties());
    var after = Map.of("aggregator.publish_from", hour.toString());
    var later =
        computed(config(after), again.ends(), rows -> rows.keySet().equals(expected.keySet()));
    assertThat(later.rows()).isNotEmpty().isEqualTo(expected);
  }

  private void createTopic(String name) {
    try (var admin = Admin.create(Map.<String, Object>copyOf(properties()))) {
      admin.createTopics(List.of(new NewTopic(name, 1, (short) 1))).all().get();
    } catch (ExecutionException | InterruptedException refused) {
      throw new AssertionError("cannot make " + name, refused);
    }
  }

  private static long days(Map<String, String> rows) {
    return rows.keySet().stream().filter(place -> place.startsWith("1d")).count();
  }

  private static long micros(Instant instant) {
    return instant.getEpochSecond() * 1_000_000;
  }

  private static long micros(String place) {
    return Long.parseLong(place.substring(place.lastIndexOf('@') + 1));
  }

  /**
   * What a run has published.
   *
   * @param rows the bytes of the latest message of each window
   * @param ends of the topics when it had
   */
  private record Computed(Map<String, String> rows, Map<TopicPartition, Long> ends) {}

  /** Runs until everything is folded and the last windows are closed for silence. */
  private Computed computed(
      AggregatorConfig config,
      Map<TopicPartition, Long> begins,
      Predicate<Map<String, String>> complete) {
    try (var aggregator = new Aggregator(catalog, config, registry, properties());
        var admin = Admin.create(Map.<String, Object>copyOf(properties()))) {
      aggregator.start();
      await().atMost(PATIENCE).until(() -> folded(admin, aggregator.applicationId()) >= SAMPLES);
      assertIsNotResetWhileItRuns();
      await().atMost(PATIENCE).until(() -> complete.test(read(begins).rows()));
    }
    return read(begins);
  }

  private void assertIsNotResetWhileItRuns() {
    assertThatThrownBy(() -> new Reset(catalog, config(Map.of()), registry).to(start, properties()))
        .isInstanceOfSatisfying(
            MillraceException.class,
            refused -> assertThat(refused.code()).isEqualTo(AggregatorFailure.STILL_RUNNING));
  }

  private static long folded(Admin admin, String group) throws Exception {
    return admin
        .listConsumerGroupOffsets(group)
        .partitionsToOffsetAndMetadata()
        .get()
        .entrySet()
        .stream()
        .filter(place -> place.getKey().topic().endsWith(HubRecords.SAMPLES.topic()))
        .mapToLong(place -> place.getValue() == null ? 0 : place.getValue().offset())
        .sum();
  }

  private AggregatorConfig config(Map<String, String> more) {
    var keys =
        new HashMap<>(
            Map.of(
                "aggregator.application_id", "reset",
                "aggregator.commit_interval_ms", "100",
                "aggregator.idle_timeout_ms", "2000",
                "aggregator.state_dir", stateDirectory.toString()));
    keys.putAll(more);
    return AggregatorConfig.from(Settings.of(keys));
  }

  private Map<String, String> properties() {
    return Map.of("bootstrap.servers", kafka.bootstrapServers());
  }

  /** Of three hours; some out of order, some late. */
  private void publish() {
    var bytes = new ByteArraySerializer();
    var encoder = new RecordEncoder(samples, registry);
    var random = new SplittableRandom(1);
    try (var producer =
        new KafkaProducer<>(new HashMap<String, Object>(properties()), bytes, bytes)) {
      for (var i = 0; i < SAMPLES; i++) {
        var record = new GenericData.Record(samples.schema());
        record.put("tenant_id", "t");
        record.put("asset_id", "a" + i % ASSETS);
        record.put("metric_type", "gauge");
        record.put("metric_name", "m");
        var second = i * 10_800L / SAMPLES - (random.nextInt(10) == 0 ? random.nextInt(40) : 0);
        record.put("timestamp", micros(start) + Math.max(0, second) * 1_000_000);
        record.put("value", random.nextDouble());
        producer.send(
            new ProducerRecord<>(
                samples.topic(), MessageKey.of(samples, record), encoder.encode(record)));
      }
    }
  }

  /** The windows of all tiers, from these places on. */
  private Computed read(Map<TopicPartition, Long> begins) {
    var rows = new TreeMap<String, String>();
    var ends = new HashMap<TopicPartition, Long>();
    for (var type :
        List.of(
            HubRecords.WINDOWS_5S,
            HubRecords.WINDOWS_1M,
            HubRecords.WINDOWS_5M,
            HubRecords.WINDOWS_1H,
            HubRecords.WINDOWS_1D)) {
      ends.putAll(read(own(type), begins, rows));
    }
    return new Computed(rows, ends);
  }

  private Map<TopicPartition, Long> read(
      RecordType type, Map<TopicPartition, Long> begins, Map<String, String> rows) {
    var bytes = new ByteArrayDeserializer();
    var settings = new HashMap<String, Object>(properties());
    settings.put("isolation.level", "read_committed");
    var decoder = new RecordDecoder(type.schema(), registry);
    var tier = type.topic().substring(type.topic().lastIndexOf('.') + 1);
    try (var consumer = new KafkaConsumer<>(settings, bytes, bytes)) {
      var partitions = new ArrayList<TopicPartition>();
      consumer
          .partitionsFor(type.topic())
          .forEach(each -> partitions.add(new TopicPartition(each.topic(), each.partition())));
      consumer.assign(partitions);
      partitions.forEach(each -> consumer.seek(each, begins.getOrDefault(each, 0L)));
      var ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
        for (var message : consumer.poll(Duration.ofMillis(100))) {
          var window = decoder.decode(message.value(), null);
          rows.put(
              "%s %s@%s".formatted(tier, window.get("asset_id"), window.get("timestamp")),
              HexFormat.of().formatHex(message.value()));
        }
      }
      return ends;
    }
  }
}
