package dev.millrace.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.config.Key;
import dev.millrace.config.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.junit.jupiter.api.Test;

class SinkConfigTest {

  @Test
  void defaults() {
    assertThat(SinkConfig.from(Settings.of(Map.of())))
        .isEqualTo(
            new SinkConfig(
                "millrace-sink",
                Optional.empty(),
                10_000,
                8 << 20,
                Duration.ofMillis(50),
                64 << 20,
                2,
                Duration.ofMillis(100),
                Duration.ofMinutes(5),
                Duration.ofMillis(250),
                Duration.ofSeconds(2),
                Duration.ofSeconds(30),
                Duration.ofSeconds(20),
                Duration.ofSeconds(8),
                Duration.ofMinutes(10)));
  }

  @Test
  void everyKeyIsMapped() {
    var given =
        Map.ofEntries(
            Map.entry("sink.group_id", "g"),
            Map.entry("sink.group_instance_id", "i"),
            Map.entry("sink.batch_rows", "1"),
            Map.entry("sink.batch_bytes", "2048"),
            Map.entry("sink.batch_age_ms", "10"),
            Map.entry("sink.buffer_bytes", "4096"),
            Map.entry("sink.writers", "11"),
            Map.entry("sink.poll_timeout_ms", "3"),
            Map.entry("sink.max_poll_interval_ms", "4000"),
            Map.entry("sink.retry_backoff_ms", "5"),
            Map.entry("sink.retry_backoff_max_ms", "6"),
            Map.entry("sink.stopped_retry_ms", "7"),
            Map.entry("sink.dead_letter_timeout_ms", "8000"),
            Map.entry("sink.close_timeout_ms", "9"),
            Map.entry("sink.maintain_interval_ms", "10"));
    assertThat(given.keySet())
        .isEqualTo(SinkConfig.KEYS.stream().map(Key::name).collect(Collectors.toSet()));
    assertThat(SinkConfig.from(Settings.of(given)))
        .isEqualTo(
            new SinkConfig(
                "g",
                Optional.of("i"),
                1,
                2048,
                Duration.ofMillis(10),
                4096,
                11,
                Duration.ofMillis(3),
                Duration.ofSeconds(4),
                Duration.ofMillis(5),
                Duration.ofMillis(6),
                Duration.ofMillis(7),
                Duration.ofSeconds(8),
                Duration.ofMillis(9),
                Duration.ofMillis(10)));
  }

  @Test
  void refusesALongestPauseBelowTheFirst() {
    var settings = Settings.of(Map.of("sink.retry_backoff_max_ms", "1"));
    SinkConfig.from(settings);
    assertThatThrownBy(() -> settings.requireValid(SinkConfig.KEYS, List.of()))
        .hasMessageContaining("sink.retry_backoff_max_ms is less than sink.retry_backoff_ms");
  }

  @Test
  void refusesMoreWritersThanConnections() {
    var settings = Settings.of(Map.of("sink.writers", "5"));
    SinkConfig.from(settings)
        .requireConnections(settings, DatabaseConfig.of("jdbc:postgresql://127.0.0.1/db"));
    assertThatThrownBy(() -> settings.requireValid(SinkConfig.KEYS, List.of()))
        .hasMessageContaining("sink.writers is 5, and database.pool_size only 4");
  }

  /** What exactly-once rests upon wins over what an operator passes through; the rest does not. */
  @Test
  void passesKafkaPropertiesThroughExceptThoseItDependsOn() {
    var settings =
        ConsumerSettings.of(
            SinkConfig.from(Settings.of(Map.of())),
            Map.of(
                "bootstrap.servers", "somewhere:9092",
                "max.poll.records", "17",
                "auto.offset.reset", "latest",
                "enable.auto.commit", "true",
                "isolation.level", "read_uncommitted",
                "group.protocol", "consumer"));
    assertThat(settings)
        .containsEntry(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, "somewhere:9092")
        .containsEntry(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "17")
        .containsEntry(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none")
        .containsEntry(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false)
        .containsEntry(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed")
        .doesNotContainKey(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG);
  }
}
