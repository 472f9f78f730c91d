package dev.millrace.standalone.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.failure.Health;
import dev.millrace.failure.Health.State;
import io.micrometer.core.instrument.Tags;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class WatchTest {
  private final AtomicBoolean stopping = new AtomicBoolean();

  @Test
  void countsNothingWhereNobodyAsks() {
    try (var watch = Watch.open(new HttpConfig(Optional.empty()), stopping::get)) {
      assertThat(watch.meters()).isEmpty();
      assertThat(watch.url()).isEmpty();
    }
  }

  @Test
  void isReadyFromWhenItsWorkerIsUntilItIsAskedToStop() {
    try (var watch = open()) {
      assertThat(ready(watch)).isZero();
      watch.over(() -> Health.of(State.RUNNING));
      assertThat(ready(watch)).isOne();
      stopping.set(true);
      assertThat(ready(watch)).isZero();
    }
  }

  @Test
  void countsTheProcessAndLeavesOutWhatGrowsWithTopicsAndTasks() {
    try (var watch = open()) {
      var meters = watch.meters().orElseThrow();
      meters.counter("kafka.consumer.a", Tags.of("topic", "t")).increment();
      meters.counter("kafka.consumer.b", Tags.of("client.id", "c")).increment();
      meters.counter("millrace.sink.c", Tags.of("topic", "t")).increment();
      assertThat(meters.getMeters())
          .extracting(meter -> meter.getId().getName())
          .contains("kafka.consumer.b", "millrace.sink.c", "jvm.memory.used", "process.cpu.usage")
          .doesNotContain("kafka.consumer.a");
    }
  }

  private Watch open() {
    return Watch.open(new HttpConfig(ListenAddress.parse("0")), stopping::get);
  }

  private static double ready(Watch watch) {
    return watch.meters().orElseThrow().get("millrace.ready").gauge().value();
  }
}
