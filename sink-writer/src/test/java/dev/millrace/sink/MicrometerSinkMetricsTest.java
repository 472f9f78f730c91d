package dev.millrace.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;

class MicrometerSinkMetricsTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final SinkMetrics metrics = new MicrometerSinkMetrics(registry);

  @Test
  void countsByTopicAndPartition() {
    metrics.read("a", 0, 10);
    metrics.read("a", 1, 3);
    metrics.read("b", 0, 1);
    metrics.committed("a", 0, 8, 800, TimeUnit.MILLISECONDS.toNanos(5));
    metrics.conflicted("a", 0);
    metrics.fenced("a", 0);
    metrics.givenBack("a", 0, 2);

    assertThat(counted("records.read", "topic", "a", "partition", "0")).isEqualTo(10);
    assertThat(counted("records.read", "topic", "a", "partition", "1")).isEqualTo(3);
    assertThat(counted("records.read", "topic", "b")).isEqualTo(1);
    assertThat(counted("rows.stored", "topic", "a")).isEqualTo(8);
    assertThat(counted("bytes", "topic", "a")).isEqualTo(800);
    assertThat(counted("conflicts", "topic", "a")).isEqualTo(1);
    assertThat(counted("fenced", "topic", "a")).isEqualTo(1);
    assertThat(counted("records.given.back", "topic", "a")).isEqualTo(2);
    var batches = registry.get("millrace.sink.batches").tag("topic", "a").timer();
    assertThat(batches.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(5);
  }

  @Test
  void countsDeadLettersAndRetriesByCode() {
    metrics.deadLettered("a", 0, "ROW_REFUSED");
    metrics.deadLettered("a", 0, "UNDECODABLE");
    metrics.retried("a", 0, "DATABASE_BUSY");

    assertThat(counted("dead.letters", "topic", "a", "code", "UNDECODABLE")).isEqualTo(1);
    assertThat(counted("retries", "topic", "a", "code", "DATABASE_BUSY")).isEqualTo(1);
  }

  @Test
  void showsTheLatestStandOfEachPartition() {
    metrics.lag("a", 0, 100, 9_000);
    metrics.lag("a", 1, 5, 0);
    metrics.lag("a", 0, 7, 1_500);
    metrics.inFlight("a", 0, 42);

    assertThat(gauge("lag", 0)).isEqualTo(7);
    assertThat(gauge("lag.seconds", 0)).isEqualTo(1.5);
    assertThat(gauge("lag", 1)).isEqualTo(5);
    assertThat(gauge("records.in.flight", 0)).isEqualTo(42);
  }

  @Test
  void showsKafkasOwnFiguresWhileThereIsAConsumer() {
    var bytes = new ByteArrayDeserializer();
    try (var consumer =
        new KafkaConsumer<>(
            Map.<String, Object>of("bootstrap.servers", "127.0.0.1:1"), bytes, bytes)) {
      metrics.consuming(consumer);
      assertThat(registry.getMeters()).isNotEmpty();
      metrics.consumed();
      assertThat(registry.getMeters()).isEmpty();
      metrics.consumed();
    }
  }

  private double gauge(String name, int partition) {
    return registry
        .get("millrace.sink." + name)
        .tags("topic", "a", "partition", Integer.toString(partition))
        .gauge()
        .value();
  }

  private double counted(String name, String... tags) {
    return registry.get("millrace.sink." + name).tags(tags).counter().count();
  }
}
