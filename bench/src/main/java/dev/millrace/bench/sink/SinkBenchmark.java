package dev.millrace.bench.sink;

import dev.millrace.bench.report.Target;
import java.util.Locale;

/** The benchmarks of the suite, and how many times as fast as the other side ours should be. */
enum SinkBenchmark {
  COPY_INDEXED(0.9),
  CPU_PER_MILLION,
  DEBEZIUM_INSERT(2.5),
  DEBEZIUM_UPSERT(1.6),
  COPY_BARE(0.6),
  COPY_HUB_EVENTS(0.9),
  COPY_CAMERA_EVENTS(0.9),
  COPY_TWO_WRITERS(0.9),
  REPLAY_CONFLICTS(0.9),
  LATENCY;

  private final double atLeast;

  SinkBenchmark(double atLeast) {
    this.atLeast = atLeast;
  }

  /** What is measured against a limit of its own. */
  SinkBenchmark() {
    this(0);
  }

  String title() {
    return name().toLowerCase(Locale.ROOT);
  }

  Target target() {
    return Target.atLeast(atLeast);
  }
}
