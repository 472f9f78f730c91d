package dev.millrace.producer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.config.Settings;
import dev.millrace.embedded.junit.KafkaExtension;
import dev.millrace.embedded.junit.KafkaFixture;
import dev.millrace.embedded.junit.RegistryExtension;
import dev.millrace.embedded.junit.RegistryFixture;
import dev.millrace.failure.MillraceException;
import dev.millrace.schema.RecordCatalog;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.audio.AudioRecords;
import dev.millrace.schema.audio.Sample;
import dev.millrace.schema.audio.Tap;
import dev.millrace.schema.audio.Trace;
import dev.millrace.schema.topics.TopicCreator;
import dev.millrace.schema.wire.ConfluentSchemaRegistry;
import dev.millrace.schema.wire.RecordDecoder;
import dev.millrace.schema.wire.SchemaRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;

/** The publisher against a real broker and a registry's REST calls. */
@ExtendWith({KafkaExtension.class, RegistryExtension.class})
class PublisherIT {
  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

  private final KafkaFixture kafka;
  private final SchemaRegistry registry;
  private RecordType samples;
  private RecordType traces;

  PublisherIT(KafkaFixture kafka, RegistryFixture registry) {
    this.kafka = kafka;
    this.registry = new ConfluentSchemaRegistry(registry.url(), Map.of());
  }

  @BeforeEach
  void freshTopics(TestInfo test) {
    var prefix = kafka.topicPrefix() + test.getTestMethod().orElseThrow().getName() + ".";
    samples = AudioRecords.SAMPLES.prefixed(prefix);
    traces = AudioRecords.TRACES.prefixed(prefix);
    try (var admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      new TopicCreator(admin, (short) 1).create(new RecordCatalog(List.of(samples)));
    }
  }

  @Test
  void recordsArriveOnceAndInTheOrderOfTheirKey() {
    try (var publisher = open(Map.of())) {
      for (var i = 0; i < 3_000; i++) {
        publisher.publish(sample("St_" + i % 7, i));
      }
      publisher.flush();
      assertThat(publisher.inFlight()).isZero();
    }

    var byStation = new HashMap<String, List<Double>>();
    for (var record : decoded()) {
      byStation
          .computeIfAbsent(record.get("station_key").toString(), key -> new ArrayList<>())
          .add((Double) record.get("value"));
    }
    assertThat(byStation).hasSize(7);
    assertThat(byStation.values()).allSatisfy(values -> assertThat(values).isSorted());
    assertThat(byStation.values().stream().mapToInt(List::size).sum()).isEqualTo(3_000);
  }

  @Test
  void futuresSayWhereRecordsLie() {
    Published published;
    try (var publisher = open(Map.of())) {
      var future = publisher.publish(sample("St_1", 1));
      publisher.flush();
      published = future.join();
    }

    var record = consumed().get(0);
    assertThat(published)
        .isEqualTo(new Published(samples.topic(), record.partition(), record.offset()));
  }

  @Test
  void threadsShareOnePublisher() throws Exception {
    var metrics = new CountingMetrics();
    var threads = Executors.newFixedThreadPool(4);
    try (var publisher = open(Map.of(), Map.of(), metrics)) {
      Callable<List<CompletableFuture<Published>>> task = () -> publishMany(publisher, 2_000);
      var places = new ArrayList<Published>();
      for (var done : threads.invokeAll(List.of(task, task, task, task))) {
        done.get().forEach(future -> places.add(future.join()));
      }
      assertThat(places).hasSize(8_000).doesNotHaveDuplicates();
      assertThat(metrics.acknowledged).hasValue(8_000);
    } finally {
      threads.shutdown();
      assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(consumed()).hasSize(8_000);
  }

  @Test
  void tooLargeRecordIsHandedBackAndTheNextOneGoes() {
    try (var publisher = open(Map.of())) {
      var large = sample("St_1", 1);
      large.setStationGroup("x".repeat(2 << 20));

      var refused = publisher.publish(large);
      var taken = publisher.publish(sample("St_1", 2));
      publisher.flush();

      assertThat(failure(refused).code()).isEqualTo(PublishFailure.RECORD_TOO_LARGE);
      assertThat(taken).isCompleted();
    }
  }

  @Test
  void missingTopicIsNamedWithinTheTimeToBlock() {
    try (var publisher = open(Map.of("publisher.max_block_ms", "500"))) {
      var future = publisher.publish(new Trace("t", Instant.now(), null, null, null, null, null));

      assertThat(failure(future).code()).isEqualTo(PublishFailure.TOPIC_MISSING);
      assertThat(failure(future))
          .hasMessageContaining(traces.topic())
          .hasMessageContaining("millrace topics");
      assertThat(publisher.check().ready()).isFalse();
    }
  }

  @Test
  void closeSendsWhatIsBuffered() {
    var publisher = open(Map.of(), Map.of("linger.ms", "60000"), PublisherMetrics.NONE);
    var future = publisher.publish(sample("St_1", 1));

    publisher.close(Duration.ofSeconds(30));

    assertThat(future).isCompleted();
    assertThat(consumed()).hasSize(1);
  }

  /** Whether the broker has it all the same is not said: the request may have left by then. */
  @Test
  void whatIsUnacknowledgedWhenCloseEndsIsHandedBack() {
    var metrics = new CountingMetrics();
    var publisher = open(Map.of(), Map.of("linger.ms", "60000"), metrics);
    var future = publisher.publish(sample("St_1", 1));

    publisher.close(Duration.ZERO);

    assertThat(failure(future).code()).isEqualTo(PublishFailure.UNSENT_AT_CLOSE);
    assertThat(metrics.failed).containsExactly(samples.topic() + " UNSENT_AT_CLOSE");
    assertThat(publisher.inFlight()).isZero();
  }

  private List<CompletableFuture<Published>> publishMany(Publisher publisher, int count) {
    var futures = new ArrayList<CompletableFuture<Published>>();
    for (var i = 0; i < count; i++) {
      futures.add(publisher.publish(samples, sample("St_" + i % 11, i)));
    }
    publisher.flush();
    return futures;
  }

  private Publisher open(Map<String, String> settings) {
    return open(settings, Map.of(), PublisherMetrics.NONE);
  }

  private Publisher open(
      Map<String, String> settings, Map<String, String> kafkaProperties, PublisherMetrics metrics) {
    var properties = new HashMap<>(kafkaProperties);
    properties.put("bootstrap.servers", kafka.bootstrapServers());
    return Publisher.open(
        new RecordCatalog(List.of(samples, traces)),
        PublisherConfig.from(Settings.of(settings)),
        registry,
        properties,
        metrics);
  }

  private List<GenericRecord> decoded() {
    var decoder = new RecordDecoder(samples.schema(), registry);
    return consumed().stream().map(message -> decoder.decode(message.value(), null)).toList();
  }

  /** All that lies in the topic of samples now. */
  private List<ConsumerRecord<byte[], byte[]>> consumed() {
    var bytes = new ByteArrayDeserializer();
    try (var consumer =
        new KafkaConsumer<>(
            Map.<String, Object>of("bootstrap.servers", kafka.bootstrapServers()), bytes, bytes)) {
      var partitions =
          consumer.partitionsFor(samples.topic()).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      var expected =
          consumer.endOffsets(partitions).values().stream().mapToLong(Long::longValue).sum();
      var found = new ArrayList<ConsumerRecord<byte[], byte[]>>();
      while (found.size() < expected) {
        consumer.poll(Duration.ofSeconds(1)).forEach(found::add);
      }
      return found;
    }
  }

  private static Sample sample(String station, double value) {
    var sample = new Sample();
    sample.setTraceId("t-1");
    sample.setStationKey(station);
    sample.setTap(Tap.PRE);
    sample.setMetricKey("pcm.rms_dbfs");
    sample.setRecordedAt(START);
    sample.setValue(value);
    return sample;
  }

  private static MillraceException failure(CompletableFuture<?> future) {
    try {
      future.join();
    } catch (CompletionException failed) {
      return (MillraceException) failed.getCause();
    }
    throw new AssertionError("did not fail");
  }
}
