package dev.millrace.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.config.Key;
import dev.millrace.config.Settings;
import dev.millrace.producer.validate.TimeBounds;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PublisherConfigTest {

  @Test
  void defaults() {
    assertThat(PublisherConfig.from(Settings.of(Map.of())))
        .isEqualTo(
            new PublisherConfig(
                Duration.ofMillis(10),
                256 * 1_024,
                64 << 20,
                "lz4",
                Duration.ofSeconds(8),
                Duration.ofSeconds(8),
                Duration.ofMinutes(2),
                new TimeBounds(Duration.ofMinutes(5), Duration.ZERO)));
  }

  @Test
  void everyKeyIsMapped() {
    var values =
        Map.of(
            "publisher.linger_ms", "1",
            "publisher.batch_bytes", "2048",
            "publisher.buffer_bytes", "2097152",
            "publisher.compression", "zstd",
            "publisher.open_timeout_ms", "1001",
            "publisher.max_block_ms", "1002",
            "publisher.delivery_timeout_ms", "1003",
            "publisher.max_ahead_ms", "1004",
            "publisher.max_age_ms", "1005");

    assertThat(values.keySet())
        .isEqualTo(PublisherConfig.KEYS.stream().map(Key::name).collect(Collectors.toSet()));
    assertThat(PublisherConfig.from(Settings.of(values)))
        .isEqualTo(
            new PublisherConfig(
                Duration.ofMillis(1),
                2_048,
                2 << 20,
                "zstd",
                Duration.ofMillis(1_001),
                Duration.ofMillis(1_002),
                Duration.ofMillis(1_003),
                new TimeBounds(Duration.ofMillis(1_004), Duration.ofMillis(1_005))));
  }

  @Test
  void unknownCodecIsAProblem() {
    var settings = Settings.of(Map.of("publisher.compression", "zip"));

    PublisherConfig.from(settings);

    assertThatThrownBy(() -> settings.requireValid(PublisherConfig.KEYS, List.of()))
        .hasMessageContaining("publisher.compression is 'zip'");
  }
}
