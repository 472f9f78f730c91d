package dev.millrace.bench.sink;

import static dev.millrace.bench.sink.SinkBenchmark.COPY_BARE;
import static dev.millrace.bench.sink.SinkBenchmark.COPY_CAMERA_EVENTS;
import static dev.millrace.bench.sink.SinkBenchmark.COPY_HUB_EVENTS;
import static dev.millrace.bench.sink.SinkBenchmark.COPY_INDEXED;
import static dev.millrace.bench.sink.SinkBenchmark.COPY_TWO_WRITERS;
import static dev.millrace.bench.sink.SinkBenchmark.CPU_PER_MILLION;
import static dev.millrace.bench.sink.SinkBenchmark.DEBEZIUM_INSERT;
import static dev.millrace.bench.sink.SinkBenchmark.DEBEZIUM_UPSERT;
import static dev.millrace.bench.sink.SinkBenchmark.LATENCY;
import static dev.millrace.bench.sink.SinkBenchmark.REPLAY_CONFLICTS;

import dev.millrace.bench.report.Comparison;
import dev.millrace.bench.report.Samples;
import dev.millrace.bench.sink.DebeziumSide.Mode;
import dev.millrace.sink.write.SqlFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Measures what was asked for; benchmarks that share a side share its runs. */
final class SinkSuite {
  /** What a million rows may cost the JVM, in seconds. */
  private static final double CPU_LIMIT = 1.0;

  private final Scene scene;
  private final Loads loads;
  private final Effort effort;
  private final List<Comparison> results = new ArrayList<>();

  /**
   * How long to measure.
   *
   * @param warmUpSeconds before what is counted, of each side that warms up
   * @param rounds that are counted
   * @param latencySeconds of a round of latency
   */
  record Effort(int warmUpSeconds, int rounds, int latencySeconds) {}

  SinkSuite(Scene scene, Loads loads, Effort effort) {
    this.scene = scene;
    this.loads = loads;
    this.effort = effort;
  }

  List<Comparison> measure(List<SinkBenchmark> wanted) throws Exception {
    var left = EnumSet.noneOf(SinkBenchmark.class);
    left.addAll(wanted);
    var indexed = EnumSet.of(COPY_INDEXED, CPU_PER_MILLION, DEBEZIUM_INSERT);
    var conflicts = EnumSet.of(DEBEZIUM_UPSERT, REPLAY_CONFLICTS);
    indexed.retainAll(left);
    conflicts.retainAll(left);
    if (!indexed.isEmpty() || !conflicts.isEmpty()) {
      audio(indexed, conflicts);
    }
    if (left.contains(COPY_BARE)) {
      bare();
    }
    if (left.contains(COPY_HUB_EVENTS)) {
      besideCopy(COPY_HUB_EVENTS, loads.hubEvents(), 1);
    }
    if (left.contains(COPY_CAMERA_EVENTS)) {
      besideCopy(COPY_CAMERA_EVENTS, loads.cameraEvents(), 1);
    }
    if (left.contains(COPY_TWO_WRITERS)) {
      besideCopy(COPY_TWO_WRITERS, loads.audioOnTwoPartitions(), 2);
    }
    if (left.contains(LATENCY)) {
      var length =
          new LatencyBenchmark.Length(
              effort.warmUpSeconds(), effort.rounds(), effort.latencySeconds());
      results.add(new LatencyBenchmark(scene, loads, length).measure());
    }
    return results.stream().sorted(Comparator.comparing(each -> place(each.name()))).toList();
  }

  private static SinkBenchmark place(String title) {
    return Arrays.stream(SinkBenchmark.values())
        .filter(each -> each.title().equals(title))
        .findFirst()
        .orElseThrow();
  }

  private void audio(EnumSet<SinkBenchmark> indexed, EnumSet<SinkBenchmark> conflicts)
      throws Exception {
    var load = loads.audio();
    var table = ready(load);
    var copy = CopySide.of(load, table, scene.psql(), scene.folder());
    try (var sink = scene.sink(load, 1)) {
      if (!indexed.isEmpty()) {
        inserts(indexed, load, table, copy, sink);
      }
      if (!conflicts.isEmpty()) {
        conflicts(conflicts, load, table, copy, sink);
      }
    }
  }

  private void inserts(
      EnumSet<SinkBenchmark> wanted, Load load, TargetTable table, CopySide copy, Side sink)
      throws Exception {
    var sides = new ArrayList<Side>(List.of(sink, copy));
    if (wanted.contains(DEBEZIUM_INSERT)) {
      sides.add(debezium(load, Mode.INSERT));
    }
    var runs = measure(new Contest(load, table, table::empty, scene), sides);
    if (wanted.contains(COPY_INDEXED)) {
      results.add(rates(COPY_INDEXED, runs, sink, copy));
    }
    if (wanted.contains(CPU_PER_MILLION)) {
      var cpu = samples(runs.get(sink), Side.Run::cpuPerMillion);
      results.add(
          Comparison.withLimit(
              CPU_PER_MILLION.title(), "CPU s", cpu, CPU_LIMIT, details(runs.get(sink))));
    }
    if (wanted.contains(DEBEZIUM_INSERT)) {
      results.add(rates(DEBEZIUM_INSERT, runs, sink, sides.get(2)));
    }
  }

  /** Every row is there already, and is written again. */
  private void conflicts(
      EnumSet<SinkBenchmark> wanted, Load load, TargetTable table, CopySide copy, Side sink)
      throws Exception {
    var sides = new ArrayList<Side>(List.of(sink));
    if (wanted.contains(REPLAY_CONFLICTS)) {
      sides.add(new ReplaySide(scene.psql(), load.rows(), replayScript(load)));
    }
    if (wanted.contains(DEBEZIUM_UPSERT)) {
      sides.add(debezium(load, Mode.UPSERT));
    }
    Contest.Preparation full =
        () -> {
          table.empty();
          copy.run();
          table.settle();
        };
    var runs = measure(new Contest(load, table, full, scene), sides);
    if (wanted.contains(REPLAY_CONFLICTS)) {
      results.add(rates(REPLAY_CONFLICTS, runs, sink, sides.get(1)));
    }
    if (wanted.contains(DEBEZIUM_UPSERT)) {
      results.add(rates(DEBEZIUM_UPSERT, runs, sink, sides.get(sides.size() - 1)));
    }
  }

  private String replayScript(Load load) {
    var file = CopySide.file(scene.folder(), load, 0).toString();
    return SqlFile.read(SinkSuite.class, "replay.sql").replace("@file@", file);
  }

  private Side debezium(Load load, Mode mode) {
    var marker = new Marker(scene.source(), load);
    return new DebeziumSide(scene.connect(), load, mode, marker, scene.source());
  }

  private void bare() throws Exception {
    var table = new TargetTable(scene.source(), loads.bareAudio());
    table.layBare();
    try {
      besideCopy(COPY_BARE, loads.bareAudio(), 1);
    } finally {
      table.restore();
    }
  }

  private void besideCopy(SinkBenchmark benchmark, Load load, int writers) throws Exception {
    var table = ready(load);
    var copy = CopySide.of(load, table, scene.psql(), scene.folder());
    try (var sink = scene.sink(load, writers)) {
      var contest = new Contest(load, table, table::empty, scene);
      results.add(rates(benchmark, measure(contest, List.of(sink, copy)), sink, copy));
    }
    table.empty();
  }

  private Map<Side, List<Side.Run>> measure(Contest contest, List<Side> sides) throws Exception {
    return contest.measure(sides, effort.warmUpSeconds(), effort.rounds());
  }

  private TargetTable ready(Load load) throws Exception {
    scene.out().printf("%s: publishing %,d records%n", load.name(), load.rows());
    scene.out().flush();
    LoadedTopic.fill(scene.broker(), load);
    var table = new TargetTable(scene.source(), load);
    table.makePartitions();
    return table;
  }

  private static Comparison rates(
      SinkBenchmark benchmark, Map<Side, List<Side.Run>> runs, Side ours, Side other) {
    return new Comparison(
        benchmark.title(),
        "rows/s",
        samples(runs.get(ours), Side.Run::rowsPerSecond),
        samples(runs.get(other), Side.Run::rowsPerSecond),
        other.name(),
        benchmark.target(),
        details(runs.get(ours)));
  }

  private static Samples samples(List<Side.Run> runs, ToDoubleFunction<Side.Run> figure) {
    return new Samples(runs.stream().mapToDouble(figure).boxed().toList());
  }

  private static Map<String, Object> details(List<Side.Run> runs) {
    var first = runs.get(0);
    return Map.of(
        "rows",
        first.rows(),
        "batches",
        first.batches().orElse(0L),
        "database CPU s a million",
        samples(runs, Side.Run::databaseCpuPerMillion).median());
  }
}
