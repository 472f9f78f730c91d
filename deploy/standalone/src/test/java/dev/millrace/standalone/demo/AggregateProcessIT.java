package dev.millrace.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.catalog.Millrace;
import dev.millrace.config.Settings;
import dev.millrace.embedded.junit.KafkaExtension;
import dev.millrace.embedded.junit.KafkaFixture;
import dev.millrace.embedded.junit.RegistryExtension;
import dev.millrace.embedded.junit.RegistryFixture;
import dev.millrace.producer.Publisher;
import dev.millrace.producer.PublisherConfig;
import dev.millrace.producer.generator.AudioGenerator;
import dev.millrace.producer.generator.GeneratorConfig;
import dev.millrace.schema.audio.AudioRecords;
import dev.millrace.schema.audio.Sample;
import dev.millrace.schema.topics.TopicCreator;
import dev.millrace.schema.wire.ConfluentSchemaRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code aggregate} as an operator meets it: what it shows, and how it ends. */
@ExtendWith({KafkaExtension.class, RegistryExtension.class})
class AggregateProcessIT {
  private static final Instant BEGIN = Instant.parse("2026-03-01T00:00:00Z");
  private static final int TICKS = 30;

  @TempDir private Path folder;

  @Test
  void showsWhatItFolds(KafkaFixture broker, RegistryFixture registryServer) throws Exception {
    var catalog = Millrace.CATALOG.prefixed(broker.topicPrefix());
    var kafka = Map.of("bootstrap.servers", broker.bootstrapServers());
    try (var admin = Admin.create(Map.copyOf(kafka))) {
      new TopicCreator(admin, (short) 1).create(catalog);
    }
    var registry = new ConfluentSchemaRegistry(registryServer.url(), Map.of());
    var settings = Settings.of(Map.of());
    var samples = 0;
    try (var publisher = Publisher.open(catalog, PublisherConfig.from(settings), registry, kafka)) {
      var published = new ArrayList<CompletableFuture<?>>();
      var generator = new AudioGenerator(GeneratorConfig.from(settings), BEGIN);
      for (var tick = 0; tick < TICKS; tick++) {
        for (var record : generator.tick()) {
          published.add(publisher.publish(record));
          samples += record instanceof Sample ? 1 : 0;
        }
      }
      published.forEach(CompletableFuture::join);
    }

    var expected = samples;
    var arguments =
        List.of(
            "aggregate",
            "--bootstrap-server",
            broker.bootstrapServers(),
            "--schema-registry-url",
            registryServer.url(),
            "--topic-prefix",
            broker.topicPrefix(),
            "-D",
            "aggregator.state_dir=" + folder);
    try (var aggregator =
        WatchedProcess.start(Path.of("target", "sink-it", "aggregate.log"), arguments)) {
      aggregator.awaitReady();
      var folded =
          Map.of("topic", broker.topicPrefix() + AudioRecords.SAMPLES.topic(), "outcome", "folded");
      await()
          .atMost(Duration.ofSeconds(30))
          .until(
              () -> aggregator.scrape().sum("millrace_aggregator_samples_total", folded),
              sum -> sum == expected);
      var scrape = aggregator.scrape();
      assertThat(scrape.sum("millrace_aggregator_windows_total")).isPositive();
      assertThat(scrape.sum("millrace_ready")).isEqualTo(1);
      assertThat(scrape.series("jvm_memory_used_bytes")).isNotEmpty();
      assertThat(scrape.series("kafka_stream_thread_commit_total")).isNotEmpty();
      assertThat(scrape.size()).isLessThan(1_000);
      assertThat(aggregator.terminate(Duration.ofSeconds(30))).hasValue(0);
    }
  }
}
