package dev.millrace.bench.soak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.bench.report.Comparison;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A soak of seconds: that it measures and counts. What it measures is not judged here. */
class AggregatorSoakIT {
  private static final int SERIES = 200;
  private static final Duration IDLE = Duration.ofSeconds(2);

  @TempDir Path folder;

  @Test
  @Timeout(120)
  void samplesAnAggregatorAndFindsEveryWindowPublished() throws Exception {
    var samples = new ArrayList<Sample.OfAggregator>();
    var asked = new Asked(folder, 2_000, Duration.ofSeconds(3), Duration.ofSeconds(1));

    var report = new AggregatorSoak(asked, SERIES, IDLE, samples::add).run();

    assertThat(report.results())
        .extracting(Comparison::name)
        .containsExactly("rate", "lag", "heap", "resident", "files", "off_heap", "windows");
    assertThat(report.results())
        .filteredOn(result -> result.name().equals("windows"))
        .allMatch(Comparison::met)
        .allSatisfy(result -> assertThat(result.details()).containsEntry("series", (long) SERIES));
    assertThat(samples).hasSize(3);
    assertThat(samples)
        .allSatisfy(
            sample -> {
              assertThat(sample.footprint().heapBytes()).isPositive();
              assertThat(sample.footprint().offHeapBytes()).isPositive();
            });
  }
}
