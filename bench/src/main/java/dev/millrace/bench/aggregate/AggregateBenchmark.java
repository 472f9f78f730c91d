package dev.millrace.bench.aggregate;

import dev.millrace.bench.report.Target;
import java.util.Locale;

/** The benchmarks of the suite: what runs on our side, what on the other, and how they compare. */
enum AggregateBenchmark {
  DSL_ROCKSDB(Program.FOLD_5S, Program.DSL_ROCKSDB, 5),
  DSL_MEMORY(Program.FOLD_5S, Program.DSL_MEMORY, 2.5),
  PASSTHROUGH(Program.FOLD_5S, Program.PASSTHROUGH, 0.9),
  PASSTHROUGH_ALL_TIERS(Program.FOLD_ALL, Program.PASSTHROUGH, 0.5),
  CONSUMER_ALL_TIERS(Program.FOLD_ALL, Program.CONSUMER, 0.2),
  SERIES_200K(Program.FOLD_ALL_MANY, Program.FOLD_ALL, 0.5),
  /** With a limit of its own; see {@link WindowLatency}. */
  WINDOW_LATENCY(null, null, 0);

  private final Program ours;
  private final Program other;
  private final double atLeast;

  AggregateBenchmark(Program ours, Program other, double atLeast) {
    this.ours = ours;
    this.other = other;
    this.atLeast = atLeast;
  }

  /** Whether two programs are compared. */
  boolean isContest() {
    return ours != null;
  }

  String title() {
    return name().toLowerCase(Locale.ROOT);
  }

  Program ours() {
    return ours;
  }

  Program other() {
    return other;
  }

  Target target() {
    return Target.atLeast(atLeast);
  }
}
