package dev.millrace.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MicrometerSinkMetricsTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final SinkMetrics metrics = new MicrometerSinkMetrics(registry);

  @Test
  void countsByTopic() {
    metrics.read("a", 10);
    metrics.read("b", 1);
    metrics.committed("a", 8, 800, TimeUnit.MILLISECONDS.toNanos(5));
    metrics.conflicted("a");
    metrics.fenced("a");

    assertThat(counted("records.read", "topic", "a")).isEqualTo(10);
    assertThat(counted("rows.stored", "topic", "a")).isEqualTo(8);
    assertThat(counted("bytes", "topic", "a")).isEqualTo(800);
    assertThat(counted("conflicts", "topic", "a")).isEqualTo(1);
    assertThat(counted("fenced", "topic", "a")).isEqualTo(1);
    var batches = registry.get("millrace.sink.batches").tag("topic", "a").timer();
    assertThat(batches.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(5);
  }

  @Test
  void countsDeadLettersAndRetriesByCode() {
    metrics.deadLettered("a", "ROW_REFUSED");
    metrics.deadLettered("a", "UNDECODABLE");
    metrics.retried("a", "DATABASE_BUSY");

    assertThat(counted("dead.letters", "topic", "a", "code", "UNDECODABLE")).isEqualTo(1);
    assertThat(counted("retries", "topic", "a", "code", "DATABASE_BUSY")).isEqualTo(1);
  }

  @Test
  void showsTheLatestLagOfEachPartition() {
    metrics.lag("a", 0, 100);
    metrics.lag("a", 1, 5);
    metrics.lag("a", 0, 7);

    var lag = registry.get("millrace.sink.lag").tags("topic", "a", "partition", "0").gauge();
    assertThat(lag.value()).isEqualTo(7);
  }

  private double counted(String name, String... tags) {
    return registry.get("millrace.sink." + name).tags(tags).counter().count();
  }
}
