package dev.millrace.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.aggregate.series.Restorer;
import dev.millrace.schema.hub.HubRecords;
import dev.millrace.schema.insight.InsightRecords;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A task that is taken up elsewhere, from its changelogs, goes on as if nothing had been. */
class RestoreTest {
  private static final Instant START = Instant.parse("2024-03-04T10:00:00Z");
  private static final int SECONDS = 1_200;
  private static final Map<String, String> SETTINGS = Map.of("aggregator.ahead_ms", "7200000");
  private static final List<String> STORES =
      List.of("hub.samples-series", "hub.samples-baselines", "anomalies-groups");

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 400, 606, 1_000})
  void whatIsPublishedIsTheSameAsWithoutTheCrash(int crash) {
    var quiet = new ArrayList<GenericRecord>();
    try (var driver = new FoldDriver(START, SETTINGS)) {
      play(driver, 0, SECONDS);
      publishedBy(driver, quiet);
    }
    var published = new ArrayList<GenericRecord>();
    try (var first = new FoldDriver(START, SETTINGS);
        var second = new FoldDriver(START, SETTINGS, first.registry())) {
      play(first, 0, crash);
      publishedBy(first, published);
      STORES.forEach(store -> restore(first, second, store));
      play(second, crash, SECONDS);
      publishedBy(second, published);
    }
    assertThat(published).containsExactlyInAnyOrderElementsOf(quiet);
    assertThat(quiet)
        .filteredOn(r -> r.getSchema().getName().equals("AnomalyEvent"))
        .as("the run has an incident to lose")
        .isNotEmpty();
  }

  @Test
  void aSilentSeriesIsClosedAfterARestoreToo() {
    try (var first = new FoldDriver(START, SETTINGS);
        var second = new FoldDriver(START, SETTINGS, first.registry())) {
      play(first, 0, 3);
      STORES.forEach(store -> restore(first, second, store));
      play(second, 3, 4);
      second.pass(Duration.ofMinutes(11));
      assertThat(second.read(HubRecords.WINDOWS_5S))
          .extracting(w -> w.get("value_count"))
          .containsExactly(4L);
    }
  }

  private static void restore(FoldDriver from, FoldDriver to, String store) {
    for (var record : from.readRaw("test-" + store + "-changelog")) {
      Restorer.restore(to.store(store), record.key(), record.value());
    }
  }

  private static void publishedBy(FoldDriver driver, List<GenericRecord> published) {
    published.addAll(driver.read(HubRecords.WINDOWS_5S));
    published.addAll(driver.read(HubRecords.WINDOWS_1H));
    published.addAll(driver.read(InsightRecords.ANOMALIES));
    published.addAll(driver.read(InsightRecords.BASELINES));
  }

  /** One sample a second, the same in every run; 20 seconds of them far too high. */
  private static void play(FoldDriver driver, int from, int to) {
    for (var second = from; second < to; second++) {
      var raised = second >= 600 && second < 620 ? 30 : 0;
      var value = 20 + new Random(second).nextGaussian() + raised;
      var record = HubSample.of("a", START.plusSeconds(second), value);
      record.put("dimensions", Map.of("room", "1", "floor", "2"));
      driver.send(HubRecords.SAMPLES, record);
    }
  }
}
