package dev.millrace.bench.sink;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Runs the sides of a benchmark in turn, on a table that is prepared anew for each: first to warm
 * up, which is not counted, and then round by round. Who begins changes with the round. After each
 * run the table must hold every row once.
 */
final class Contest {
  private final Load load;
  private final TargetTable table;
  private final Preparation preparation;
  private final Scene scene;

  /** Brings the table to where a run begins. */
  interface Preparation {
    void prepare() throws Exception;
  }

  /**
   * @param scene where it takes place; its output is told of every run
   */
  Contest(Load load, TargetTable table, Preparation preparation, Scene scene) {
    this.load = load;
    this.table = table;
    this.preparation = preparation;
    this.scene = scene;
  }

  /**
   * The runs of each side, a round each.
   *
   * @param warmUpSeconds how long the runs before them take together, at least one, of a side that
   *     warms up
   */
  Map<Side, List<Side.Run>> measure(List<Side> sides, int warmUpSeconds, int rounds)
      throws Exception {
    var runs = new LinkedHashMap<Side, List<Side.Run>>();
    for (var side : sides) {
      runs.put(side, new ArrayList<>());
      warmUp(side, side.warmsUp() ? warmUpSeconds : 0);
    }
    for (var round = 0; round < rounds; round++) {
      var order = new ArrayList<>(sides);
      Collections.rotate(order, round);
      for (var side : order) {
        var run = run(side);
        runs.get(side).add(run);
        tell("round " + (round + 1), side, run);
      }
    }
    return runs;
  }

  private void warmUp(Side side, int seconds) throws Exception {
    var warm = 0.0;
    do {
      var run = run(side);
      tell("warm-up", side, run);
      warm += run.seconds();
    } while (warm < seconds);
  }

  private Side.Run run(Side side) throws Exception {
    preparation.prepare();
    var cpu = scene.databaseCpu();
    var run = side.run();
    var used = scene.databaseCpu() - cpu;
    var rows = table.rows();
    if (rows != load.rows()) {
      throw new IllegalStateException(
          "%s left %d rows of %d".formatted(side.name(), rows, load.rows()));
    }
    return run.withDatabaseCpu(used);
  }

  private void tell(String round, Side side, Side.Run run) {
    var cpu =
        run.cpuSeconds()
            .map(known -> String.format(Locale.ROOT, "%.2f and ", run.cpuPerMillion()))
            .orElse("");
    scene
        .out()
        .printf(
            Locale.ROOT,
            "%s, %s: %s: %,.0f rows/s, CPU %s%.2f s a million%n",
            load.name(),
            round,
            side.name(),
            run.rowsPerSecond(),
            cpu,
            run.databaseCpuPerMillion());
    scene.out().flush();
  }
}
