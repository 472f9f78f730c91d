package dev.millrace.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.catalog.Millrace;
import dev.millrace.schema.insight.HealthScore;
import dev.millrace.schema.insight.InsightRecords;
import dev.millrace.schema.network.NetworkHealth;
import dev.millrace.schema.network.NetworkRecords;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ScoringTest {
  private static final Scoring.Component PART = Scoring.Component.of("error_score", 1);

  @Test
  void aCurveOnlyRisesOrOnlyFallsOverAscendingValues() {
    assertThat(Curve.linear(0, 100, 5, 80, 5.5, 80, 9, 0).knees()).hasSize(4);
    for (var knees :
        List.of(
            new double[] {0, 100},
            new double[] {0, 100, 0, 50},
            new double[] {5, 100, 4, 50},
            new double[] {0, 100, 1, 50, 2, 60},
            new double[] {0, 0, 1, 50, 2, 40, 3, 100},
            new double[] {0, 101, 1, 50},
            new double[] {0, 100, 1, -1})) {
      assertThatThrownBy(() -> Curve.linear(knees)).isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> Curve.log(0, 100, 1, 50)).hasMessageContaining("above 0");
  }

  /** What is scored is published: a metric that no fold makes would be waited for in vain. */
  @ParameterizedTest
  @MethodSource("scored")
  void everyMetricThatIsScoredIsFolded(RecordType type) {
    var scoring = type.scoring().orElseThrow();
    var folded =
        Millrace.CATALOG
            .folded()
            .map(raw -> raw.fold().orElseThrow())
            .filter(
                fold ->
                    fold.windows().stream().anyMatch(w -> w.type().equals(scoring.hours().of())))
            .flatMap(fold -> fold.measures().stream())
            .map(measure -> ((Measure.Metric.Named) measure.metric()).name())
            .collect(Collectors.toSet());
    var scored =
        scoring.entities().stream()
            .flatMap(entity -> entity.measures().stream())
            .map(Scoring.Measured::metric)
            .collect(Collectors.toSet());
    assertThat(folded).containsAll(scored);
    assertThat(Millrace.CATALOG.types()).containsAll(scoring.inputs());
    assertThat(scoring.components())
        .allSatisfy(
            component ->
                assertThat(scoring.entities())
                    .anyMatch(
                        entity ->
                            entity.measures().stream()
                                .anyMatch(m -> m.component().equals(component.field()))));
  }

  static List<RecordType> scored() {
    return Millrace.CATALOG.scored().toList();
  }

  @Test
  void aPrefixIsPutBeforeWhatIsReadToo() {
    var prefixed = InsightRecords.HEALTH_SCORES.prefixed("x.").scoring().orElseThrow();
    assertThat(prefixed.inputs())
        .extracting(RecordType::topic)
        .containsExactly("x.network.windows.1h", "x.network.availability-metrics");
    assertThat(prefixed.entities()).isEqualTo(NetworkHealth.SCORING.entities());
  }

  @Test
  void aFieldThatIsNotThereIsRefusedWhenTheTypeIsMade() {
    assertThat(type(measured("val_avg", "error_score"), state("error_score", 2)).scoring())
        .isPresent();
    assertThatThrownBy(() -> type(measured("val_p42", "error_score"), state("error_score", 2)))
        .hasMessageContaining("val_p42");
    assertThatThrownBy(() -> type(measured("val_avg", "luck_score"), state("error_score", 2)))
        .hasMessageContaining("luck_score");
    assertThatThrownBy(() -> type(measured("val_avg", "error_score"), state("luck_score", 2)))
        .hasMessageContaining("luck_score");
    assertThatThrownBy(() -> type(measured("val_avg", "error_score"), state("error_score", 0)))
        .hasMessageContaining("after 0 readings");
    assertThatThrownBy(() -> new Scoring.Trend("trend_1h", 1, 1)).hasMessageContaining("trend_1h");
    assertThatThrownBy(() -> new Scoring.Burden(Map.of(), 1.5)).hasMessageContaining("1.5");
    assertThatThrownBy(() -> Scoring.Component.of("error_score", 0)).hasMessageContaining("weight");
  }

  private static Scoring.Measured measured(String statistic, String component) {
    return new Scoring.Measured("m", statistic, component, Curve.linear(0, 0, 1, 100));
  }

  private static Scoring.State state(String component, int misses) {
    return new Scoring.State(
        NetworkRecords.AVAILABILITY_METRICS,
        "device",
        "ping_status",
        "up",
        misses,
        Duration.ofHours(1),
        component);
  }

  private static RecordType type(Scoring.Measured measured, Scoring.State state) {
    var entity =
        new Scoring.Entity(
            "device",
            new Scoring.Name("device_ip", "", List.of("device_ip")),
            1,
            List.of(),
            Set.of("device"),
            List.of(measured));
    return RecordType.of("scores", HealthScore.getClassSchema())
        .key("scope_type")
        .eventTime("calculated_at")
        .scored(
            new Scoring(
                "scope_type",
                List.of(entity),
                new Scoring.Group("site", "site_id"),
                "network",
                new Scoring.Hours(NetworkRecords.WINDOWS_1H, "metric_name"),
                Optional.of(state),
                List.of(PART),
                new Scoring.Burden(Map.of(), 0),
                new Scoring.Results("overall_score", List.of(), "active_anomaly_count", Map.of())))
        .build();
  }
}
