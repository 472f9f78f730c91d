package dev.millrace.aggregate;

import dev.millrace.aggregate.window.Admission;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Counts by name, all topics together. */
final class CountingMetrics implements AggregatorMetrics {
  private final Map<String, Integer> counts = new ConcurrentHashMap<>();

  Map<String, Integer> counts() {
    return new TreeMap<>(counts);
  }

  private void count(String name) {
    counts.merge(name, 1, Integer::sum);
  }

  @Override
  public Fold fold(String topic) {
    return new Fold() {
      @Override
      public void decoded() {
        count("decoded");
      }

      @Override
      public void skipped() {
        count("skipped");
      }

      @Override
      public void deadLettered() {
        count("dead-lettered");
      }

      @Override
      public void sample(Admission admission) {
        count(admission.reason());
      }

      @Override
      public void series(int partition, int series) {
        counts.put(topic + " series", series);
      }
    };
  }
}
