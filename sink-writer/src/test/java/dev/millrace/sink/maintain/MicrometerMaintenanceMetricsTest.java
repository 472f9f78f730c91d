package dev.millrace.sink.maintain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.sink.MicrometerSinkMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MicrometerMaintenanceMetricsTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final MaintenanceMetrics metrics = new MicrometerSinkMetrics(registry).maintenance();

  @Test
  void countsStepsAndRowsByTable() {
    metrics.done("hub.events", Step.DELETE_ROWS, 5);
    metrics.done("hub.events", Step.DELETE_ROWS, 7);
    metrics.done("hub.events", Step.DROP, 0);
    metrics.failed("hub.events", "TABLE_BUSY");

    assertThat(counted("steps", "table", "hub.events", "step", "delete_rows")).isEqualTo(2);
    assertThat(counted("rows", "table", "hub.events", "step", "delete_rows")).isEqualTo(12);
    assertThat(counted("steps", "table", "hub.events", "step", "drop")).isEqualTo(1);
    assertThat(counted("failures", "table", "hub.events", "code", "TABLE_BUSY")).isEqualTo(1);
  }

  @Test
  void timesPassesAndShowsWhatWaits() {
    metrics.passed(5_000_000);
    metrics.waiting("hub.events", 9);
    metrics.waiting("hub.events", 2);

    var passes = registry.get("millrace.maintenance.passes").timer();
    assertThat(passes.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(5);
    var waiting = registry.get("millrace.maintenance.waiting").tag("table", "hub.events").gauge();
    assertThat(waiting.value()).isEqualTo(2);
  }

  private double counted(String name, String... tags) {
    return registry.get("millrace.maintenance." + name).tags(tags).counter().count();
  }
}
