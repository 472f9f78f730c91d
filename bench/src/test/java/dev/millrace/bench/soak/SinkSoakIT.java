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
class SinkSoakIT {
  @TempDir Path folder;

  @Test
  @Timeout(120)
  void samplesASinkAndFindsEveryRecordStored() throws Exception {
    var samples = new ArrayList<Sample.OfSink>();
    var asked = new Asked(folder, 500, Duration.ofSeconds(3), Duration.ofSeconds(1));

    var report = new SinkSoak(asked, samples::add).run();

    assertThat(report.results())
        .extracting(Comparison::name)
        .containsExactly("rate", "lag", "heap", "resident", "files", "sessions", "stored");
    assertThat(report.results())
        .filteredOn(result -> result.name().equals("stored"))
        .allMatch(Comparison::met);
    assertThat(samples).hasSize(3);
    assertThat(samples)
        .allSatisfy(
            sample -> {
              assertThat(sample.footprint().heapBytes()).isPositive();
              assertThat(sample.sessions()).isPositive();
            });
  }
}
