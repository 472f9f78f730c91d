package dev.millrace.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.aggregate.window.Admission;
import dev.millrace.schema.Tier;
import dev.millrace.schema.insight.IncidentStatus;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class MeterAggregatorMetricsTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final AggregatorMetrics.Fold fold = new MeterAggregatorMetrics(registry).fold("raw");

  @Test
  void everythingIsCountedUnderItsTopic() {
    fold.decoded();
    fold.skipped();
    fold.deadLettered();
    fold.sample(Admission.FOLDED);
    fold.sample(Admission.NOT_FINITE);
    fold.window(Tier.ONE_HOUR, 0);
    fold.window(Tier.ONE_HOUR, 1);
    fold.window(Tier.ONE_HOUR, 2);
    fold.incident(IncidentStatus.opened);
    fold.baseline();
    assertThat(count("records", "outcome", "decoded")).isEqualTo(1);
    assertThat(count("records", "outcome", "skipped")).isEqualTo(1);
    assertThat(count("records", "outcome", "dead_lettered")).isEqualTo(1);
    assertThat(count("samples", "outcome", "folded")).isEqualTo(1);
    assertThat(count("samples", "outcome", "not_finite")).isEqualTo(1);
    assertThat(count("samples", "outcome", "late")).isZero();
    assertThat(count("windows", "tier", "1h")).isEqualTo(1);
    assertThat(count("revisions", "tier", "1h")).isEqualTo(2);
    assertThat(count("incidents", "status", "opened")).isEqualTo(1);
    assertThat(count("baselines", "topic", "raw")).isEqualTo(1);
  }

  @Test
  void liveSeriesAreAGaugeByPartition() {
    fold.series(2, 10);
    fold.series(2, 7);
    assertThat(registry.get("millrace.aggregator.series").tag("partition", "2").gauge().value())
        .isEqualTo(7);
  }

  @Test
  void whatATaskHoldsIsAGaugeByPartitionAndWhatItWritesACounter() {
    fold.openWindows(0, 3);
    fold.behind(0, 1_500);
    fold.changelog(10);
    fold.changelog(20);
    assertThat(registry.get("millrace.aggregator.windows.open").gauge().value()).isEqualTo(3);
    assertThat(registry.get("millrace.aggregator.behind.ms").gauge().value()).isEqualTo(1_500);
    assertThat(count("changelog.bytes", "topic", "raw")).isEqualTo(30);
  }

  private double count(String name, String tag, String value) {
    return registry.get("millrace.aggregator." + name).tag(tag, value).counter().count();
  }
}
