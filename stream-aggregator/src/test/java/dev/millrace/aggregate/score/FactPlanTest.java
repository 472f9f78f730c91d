package dev.millrace.aggregate.score;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;
import dev.millrace.schema.insight.IncidentStatus;
import dev.millrace.schema.insight.InsightRecords;
import dev.millrace.schema.insight.Severity;
import dev.millrace.schema.network.NetworkRecords;
import java.util.HashSet;
import java.util.List;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;

class FactPlanTest {
  private static final long HOUR = 3_600_000_000L;

  private final FactPlan plan =
      new FactPlan(InsightRecords.HEALTH_SCORES, InsightRecords.ANOMALIES);

  @Test
  void aWindowGivesAPartToEachComponentItsMetricCountsIn() {
    var window = window("rx_utilization_pct", 80);
    window.put("interface_name", "port1");
    window.put("val_p99", 90.0);
    var fact = only(window);
    assertThat(fact.entity()).isEqualTo(new ScopeName(0, "10.0.0.1"));
    assertThat(fact.fact().micros()).as("the end of the hour").isEqualTo(10 * HOUR);
    assertThat(fact.fact().labels()).containsExactly("3", "");
    var parts = ((Fact.Hour) fact.fact().what()).parts();
    assertThat(parts).extracting(Fact.Part::component).containsExactly(3, 6);
    assertThat(parts).extracting(Fact.Part::score).containsExactly(70.0, 80.0);
  }

  @Test
  void seriesOfOneEntityAreToldApart() {
    var series = new HashSet<Long>();
    var windows = 0;
    for (var metric : List.of("rx_utilization_pct", "tx_utilization_pct", "error_rate_ppm")) {
      for (var port = 0; port < 48; port++) {
        var window = window(metric, 1);
        window.put("interface_name", "port" + port);
        for (var part : ((Fact.Hour) only(window).fact().what()).parts()) {
          series.add(part.series());
          windows++;
        }
      }
    }
    assertThat(series).hasSize(windows).hasSize(48 * 5);
    var again = window("error_rate_ppm", 7);
    again.put("interface_name", "port7");
    again.put("revision", 4);
    again.put("stat_hour", 77 * HOUR);
    assertThat(series).contains(((Fact.Hour) only(again).fact().what()).parts().get(0).series());
  }

  @Test
  void whatIsNoNumberOrNoEntityOrNotScoredSaysNothing() {
    for (var number : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThat(facts(window("availability_pct", number))).isEmpty();
    }
    var none = window("availability_pct", 1);
    none.put("val_avg", null);
    assertThat(facts(none)).isEmpty();
    assertThat(facts(window("hop_count", 1))).isEmpty();
    assertThat(facts(window("latency_ms", 1))).as("of a path, without an end").isEmpty();
  }

  @Test
  void factsTravelAsTheyAre() {
    var facts =
        List.of(
            only(window("rx_utilization_pct", 80)).fact(),
            new Fact(7, List.of("", "x"), new Fact.Reading(true)),
            new Fact(-9, List.of(), new Fact.Reading(false)),
            new Fact(
                1, List.of("3"), new Fact.Step("a", 4, IncidentStatus.updated, Severity.critical)));
    for (var fact : facts) {
      var out = new StateWriter();
      fact.encode(out);
      assertThat(Fact.decode(new StateReader(out.toByteArray()))).isEqualTo(fact);
    }
    var name = new ScopeName(1, "10.0.0.1->2001:db8::1");
    assertThat(ScopeName.of(name.bytes())).isEqualTo(name);
  }

  private FactPlan.Addressed only(GenericRecord window) {
    assertThat(facts(window)).hasSize(1);
    return facts(window).get(0);
  }

  private List<FactPlan.Addressed> facts(GenericRecord window) {
    return plan.facts(NetworkRecords.WINDOWS_1H, window);
  }

  private static GenericRecord window(String metric, double value) {
    var record = new GenericData.Record(NetworkRecords.WINDOWS_1H.schema());
    record.put("device_ip", "10.0.0.1");
    record.put("site_id", 3);
    record.put("metric_name", metric);
    record.put("stat_hour", 9 * HOUR);
    record.put("revision", 0);
    for (var statistic : List.of("val_avg", "val_p95", "val_p99")) {
      record.put(statistic, value);
    }
    return record;
  }
}
