package dev.millrace.producer.generator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.config.Key;
import dev.millrace.config.Settings;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class GeneratorConfigTest {

  @Test
  void defaults() {
    assertThat(GeneratorConfig.from(Settings.of(Map.of())))
        .isEqualTo(
            new GeneratorConfig(
                1,
                4,
                Duration.ofSeconds(1),
                Duration.ofHours(1),
                Duration.ofMinutes(1),
                Duration.ofMinutes(15),
                8));
  }

  @Test
  void everyKeyIsMapped() {
    var values =
        Map.of(
            "generator.seed", "-7",
            "generator.stations", "9",
            "generator.interval_ms", "100",
            "generator.warm_up_ms", "101",
            "generator.injection_gap_ms", "102",
            "generator.separation_ms", "103",
            "generator.injection_sigmas", "4.5");

    assertThat(values.keySet())
        .isEqualTo(GeneratorConfig.KEYS.stream().map(Key::name).collect(Collectors.toSet()));
    assertThat(GeneratorConfig.from(Settings.of(values)))
        .isEqualTo(
            new GeneratorConfig(
                -7,
                9,
                Duration.ofMillis(100),
                Duration.ofMillis(101),
                Duration.ofMillis(102),
                Duration.ofMillis(103),
                4.5));
  }
}
