package dev.millrace.bench.sink;

import dev.millrace.bench.report.Comparison;
import dev.millrace.bench.report.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * How long a record is in its topic before its row can be read, with records coming at a steady
 * rate and a sink of the default settings. The time of a record begins with the broker's time stamp
 * and ends when another connection sees the sink's place behind it, which commits with the row; it
 * is looked at every few milliseconds, and that counts too.
 */
final class LatencyBenchmark {
  private static final int RECORDS_A_SECOND = 5_000;
  private static final int WRITERS = 2;
  private static final double LIMIT_MILLIS = 250;
  private static final long LOOK_MILLIS = 3;

  private final Scene scene;
  private final Length length;
  private final Load load;

  /**
   * How long it takes.
   *
   * @param warmUp seconds before the first round
   * @param rounds one after the other
   * @param seconds of a round
   */
  record Length(int warmUp, int rounds, int seconds) {

    long records() {
      return (long) RECORDS_A_SECOND * (warmUp + rounds * seconds);
    }
  }

  LatencyBenchmark(Scene scene, Loads loads, Length length) {
    this.scene = scene;
    this.length = length;
    this.load = loads.latency(length.records());
  }

  /** The 99th percentile of each round. */
  Comparison measure() throws Exception {
    LoadedTopic.make(scene.broker(), load);
    var table = new TargetTable(scene.source(), load);
    table.makePartitions();
    table.empty();
    var appended = new AppendTimes(load.partitions(), (int) load.rows());
    scene.out().printf("%s: %,d records a second%n", load.name(), RECORDS_A_SECOND);
    scene.out().flush();
    List<SeenTimes.Seen> seen;
    try (var sink = scene.sink(load, WRITERS)) {
      var group = sink.nextGroup();
      var stored = CompletableFuture.supplyAsync(sink::run);
      var published =
          CompletableFuture.runAsync(
              () -> new SteadyFeed(scene.broker(), load, RECORDS_A_SECOND).publish(appended));
      seen = watch(group, stored);
      published.get();
      stored.get();
    }
    table.empty();
    return result(millis(seen, appended));
  }

  private List<SeenTimes.Seen> watch(String group, CompletableFuture<?> stored) throws Exception {
    try (var connection = scene.source().getConnection();
        var times = new SeenTimes(connection, group, load)) {
      while (!times.complete() && !stored.isCompletedExceptionally()) {
        times.look();
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      }
      return times.seen();
    }
  }

  /** Of every record, in the order they came. */
  private static List<Arrival> millis(List<SeenTimes.Seen> seen, AppendTimes appended) {
    var arrivals = new ArrayList<Arrival>();
    for (var each : seen) {
      for (var offset = each.from(); offset < each.to(); offset++) {
        var at = appended.millis(each.partition(), (int) offset);
        arrivals.add(new Arrival(at, each.millis() - at));
      }
    }
    return arrivals;
  }

  private record Arrival(long appendedAt, long millis) {}

  private Comparison result(List<Arrival> arrivals) {
    var begin = arrivals.stream().mapToLong(Arrival::appendedAt).min().orElseThrow();
    var p50 = new ArrayList<Double>();
    var p99 = new ArrayList<Double>();
    for (var round = 0; round < length.rounds; round++) {
      var from = begin + 1_000L * (length.warmUp + (long) round * length.seconds);
      var samples =
          new Samples(
              arrivals.stream()
                  .filter(each -> each.appendedAt() >= from)
                  .filter(each -> each.appendedAt() < from + 1_000L * length.seconds)
                  .map(each -> (double) each.millis())
                  .toList());
      p50.add(samples.quantile(0.5));
      p99.add(samples.quantile(0.99));
    }
    return Comparison.withLimit(
        SinkBenchmark.LATENCY.title(),
        "ms at p99",
        new Samples(p99),
        LIMIT_MILLIS,
        Map.of("p50", new Samples(p50).median(), "records/s", RECORDS_A_SECOND));
  }
}
