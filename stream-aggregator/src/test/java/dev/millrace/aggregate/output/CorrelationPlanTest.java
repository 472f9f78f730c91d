package dev.millrace.aggregate.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.aggregate.correlate.Finding;
import dev.millrace.aggregate.correlate.Relationship;
import dev.millrace.aggregate.correlate.SeriesName;
import dev.millrace.schema.Insight;
import dev.millrace.schema.insight.InsightRecords;
import dev.millrace.schema.insight.MetricCorrelation;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CorrelationPlanTest {
  private static final Instant NOON = Instant.parse("2024-02-28T12:00:00Z");
  private static final SeriesName HEAT =
      new SeriesName("temperature", "interface", "10.0.0.1", "port1");
  private static final SeriesName LOAD =
      new SeriesName("cpu_utilization_pct", "device", "10.0.0.1", "");

  @Test
  void aCorrelationNamesBothAndSaysHowItIs() {
    var record = record(HEAT, LOAD, -0.81, 600, 300, Relationship.CAUSAL, true);
    assertThat(record.getMetricAName()).hasToString("temperature");
    assertThat(record.getMetricAScopeType()).hasToString("interface");
    assertThat(record.getMetricADeviceIp()).hasToString("10.0.0.1");
    assertThat(record.getMetricAInterface()).hasToString("port1");
    assertThat(record.getMetricBName()).hasToString("cpu_utilization_pct");
    assertThat(record.getMetricBInterface()).isNull();
    assertThat(record.getCorrelationCoefficient()).isEqualTo(-0.81);
    assertThat(record.getCorrelationType()).hasToString("lagged");
    assertThat(record.getLagSeconds()).isEqualTo(600);
    assertThat(record.getConfidenceScore()).isEqualTo(87.5);
    assertThat(record.getSampleCount()).isEqualTo(577);
    assertThat(record.getRelationshipType()).hasToString("causal");
    assertThat(record.getDiscoveredAt()).isEqualTo(NOON);
    assertThat(record.getLastValidatedAt()).isEqualTo(NOON.plusSeconds(86_400));
    assertThat(record.getIsActive()).isTrue();
    assertThat(record.getDescription())
        .hasToString(
            "cpu_utilization_pct of 10.0.0.1 moves against temperature of 10.0.0.1 port1,"
                + " 10 min later (r -0.81 over 5 min)");
  }

  @Test
  void whatMovesAtOnceIsPositiveOrNegative() {
    var together = record(LOAD, HEAT, 0.5, 0, 3_600, Relationship.SYMPTOMATIC, true);
    assertThat(together.getCorrelationType()).hasToString("positive");
    assertThat(together.getDescription())
        .hasToString(
            "temperature of 10.0.0.1 port1 moves with cpu_utilization_pct of 10.0.0.1"
                + " (r 0.50 over 1 h)");
    var against = record(LOAD, HEAT, -0.5, 0, 300, Relationship.SYMPTOMATIC, true);
    assertThat(against.getCorrelationType()).hasToString("negative");
  }

  @Test
  void whatHoldsNoLongerSaysSo() {
    var record = record(LOAD, HEAT, 0.1, 0, 300, Relationship.COINCIDENTAL, false);
    assertThat(record.getIsActive()).isFalse();
    assertThat(record.getRelationshipType()).hasToString("coincidental");
    assertThat(record.getDescription().toString()).startsWith("no longer: ");
  }

  private static MetricCorrelation record(
      SeriesName a,
      SeriesName b,
      double correlation,
      int lag,
      int step,
      Relationship relationship,
      boolean active) {
    var spec = (Insight.Correlations) InsightRecords.METRIC_CORRELATIONS.insight().orElseThrow();
    var found = NOON.getEpochSecond() * 1_000_000;
    return new CorrelationPlan(spec)
        .record(
            new Finding(
                a,
                b,
                correlation,
                lag,
                step,
                576.6,
                87.5,
                relationship,
                found,
                found + 86_400_000_000L,
                active));
  }
}
