package dev.millrace.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.aggregate.anomaly.DetectorConfig;
import dev.millrace.aggregate.anomaly.Direction;
import dev.millrace.aggregate.baseline.BaselineConfig;
import dev.millrace.aggregate.rules.RulesFile;
import dev.millrace.config.Settings;
import dev.millrace.schema.Timing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AggregatorConfigTest {
  private static final RulesFile NO_RULES = new RulesFile(Settings.of(Map.of()), Optional.empty());

  @Test
  void defaults() {
    assertThat(AggregatorConfig.from(Settings.of(Map.of())))
        .usingRecursiveComparison()
        .ignoringFields("rules")
        .isEqualTo(
            new AggregatorConfig(
                "millrace-aggregator",
                1,
                Duration.ofMillis(500),
                Optional.empty(),
                0,
                Optional.empty(),
                new TimingConfig(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Duration.ofDays(1),
                    Duration.ofDays(60)),
                new DetectionConfig(
                    new BaselineConfig(16, 3, 14L * 86_400_000_000L, 3, 1e-6, 0.01),
                    new DetectorConfig(
                        new DetectorConfig.Sigmas(1.5, 2, 3, 5),
                        new DetectorConfig.Size(0, 1, Direction.BOTH),
                        new DetectorConfig.Opening(240, 0.65, 60, 2, 4),
                        new DetectorConfig.Ending(3, 30_000_000, 900_000_000, 6 * 3_600_000_000L),
                        new DetectorConfig.Patterns(24, 20, 6, 900_000_000))),
                NO_RULES,
                Duration.ofMinutes(2)));
  }

  @Test
  void everyKeyIsMapped(@TempDir Path folder) throws IOException {
    var rules = Files.createFile(folder.resolve("rules"));
    var given = new TreeMap<String, String>();
    given.put("aggregator.application_id", "mine");
    given.put("aggregator.threads", "3");
    given.put("aggregator.commit_interval_ms", "250");
    given.put("aggregator.state_dir", "state");
    given.put("aggregator.standby_replicas", "1");
    given.put("aggregator.publish_from", "2026-01-31T00:00:00Z");
    given.put("aggregator.grace_ms", "1");
    given.put("aggregator.lateness_ms", "2");
    given.put("aggregator.idle_timeout_ms", "3");
    given.put("aggregator.ahead_ms", "4");
    given.put("aggregator.forget_after_ms", "5");
    given.put("aggregator.forget_baselines_after_ms", "6");
    given.put("aggregator.normal_sigma", "1.25");
    given.put("aggregator.open_score", "0.75");
    given.put("aggregator.warm_up_windows", "17");
    given.put("aggregator.known_windows", "16");
    given.put("aggregator.cool_down_ms", "18");
    given.put("aggregator.level_change_ms", "19");
    given.put("aggregator.flatline_windows", "20");
    given.put("aggregator.trend_windows", "21");
    given.put("aggregator.oscillation_swings", "22");
    given.put("aggregator.missing_ms", "23");
    given.put("aggregator.rules_file", rules.toString());
    given.put("aggregator.warning_sigma", "2.5");
    given.put("aggregator.critical_sigma", "3.5");
    given.put("aggregator.immediate_sigma", "4.5");
    given.put("aggregator.open_after_critical_windows", "7");
    given.put("aggregator.open_after_warning_windows", "8");
    given.put("aggregator.close_after_windows", "9");
    given.put("aggregator.merge_gap_ms", "10");
    given.put("aggregator.min_deviation", "0.5");
    given.put("aggregator.min_deviation_pct", "1.5");
    given.put("aggregator.direction", "down");
    given.put("aggregator.min_samples", "11");
    given.put("aggregator.min_weeks", "12");
    given.put("aggregator.baseline_half_life_ms", "13");
    given.put("aggregator.stddev_floor", "0.25");
    given.put("aggregator.stddev_floor_pct", "5");
    given.put("aggregator.group_gap_ms", "23");
    assertThat(AggregatorConfig.KEYS)
        .extracting(key -> key.name())
        .hasSameElementsAs(given.keySet());
    var settings = Settings.of(given);
    assertThat(AggregatorConfig.from(settings))
        .usingRecursiveComparison()
        .ignoringFields("rules")
        .isEqualTo(
            new AggregatorConfig(
                "mine",
                3,
                Duration.ofMillis(250),
                Optional.of("state"),
                1,
                Optional.of(Instant.parse("2026-01-31T00:00:00Z")),
                new TimingConfig(
                    Optional.of(Duration.ofMillis(1)),
                    Optional.of(Duration.ofMillis(2)),
                    Optional.of(Duration.ofMillis(3)),
                    Optional.of(Duration.ofMillis(4)),
                    Duration.ofMillis(5),
                    Duration.ofMillis(6)),
                new DetectionConfig(
                    new BaselineConfig(11, 12, 13_000, 3, 0.25, 0.05),
                    new DetectorConfig(
                        new DetectorConfig.Sigmas(1.25, 2.5, 3.5, 4.5),
                        new DetectorConfig.Size(0.5, 1.5, Direction.DOWN),
                        new DetectorConfig.Opening(17, 0.75, 16, 7, 8),
                        new DetectorConfig.Ending(9, 10_000, 18_000, 19_000),
                        new DetectorConfig.Patterns(20, 21, 22, 23_000))),
                NO_RULES,
                Duration.ofMillis(23)));
    settings.requireValid(AggregatorConfig.KEYS, List.of());
  }

  @Test
  void contradictionsAreReportedTogether() {
    var settings =
        Settings.of(
            Map.of(
                "aggregator.warning_sigma", "4",
                "aggregator.direction", "sideways",
                "aggregator.threads", "0"));
    AggregatorConfig.from(settings);
    assertThatThrownBy(() -> settings.requireValid(AggregatorConfig.KEYS, List.of()))
        .hasMessageContaining(
            "aggregator.critical_sigma is 3.0, below aggregator.warning_sigma 4.0")
        .hasMessageContaining("aggregator.direction is 'sideways'")
        .hasMessageContaining("aggregator.threads is 0");
  }

  @Test
  void whatIsNotGivenIsAsTheRecordTypeHasIt() {
    var config = AggregatorConfig.from(Settings.of(Map.of("aggregator.grace_ms", "90000")));
    var timing = config.timing().over(Timing.DEFAULT);
    assertThat(timing.grace()).isEqualTo(Duration.ofSeconds(90));
    assertThat(timing.lateness()).as("never below the grace").isEqualTo(Duration.ofSeconds(90));
    assertThat(timing.idle()).isEqualTo(Timing.DEFAULT.idle());
    assertThat(timing.ahead()).isEqualTo(Timing.DEFAULT.ahead());
  }

  @Test
  void kafkaPropertiesArePassedThroughButNotOverTheGuarantee() {
    var config = AggregatorConfig.from(Settings.of(Map.of()));
    var properties =
        StreamsSettings.of(
            "t.mine",
            config,
            Map.of(
                "bootstrap.servers", "b:1",
                "producer.linger.ms", "7",
                "processing.guarantee", "at_least_once"));
    assertThat(properties)
        .containsEntry("bootstrap.servers", "b:1")
        .containsEntry("producer.linger.ms", "7")
        .containsEntry(StreamsConfig.APPLICATION_ID_CONFIG, "t.mine")
        .containsEntry(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, "exactly_once_v2");
  }
}
