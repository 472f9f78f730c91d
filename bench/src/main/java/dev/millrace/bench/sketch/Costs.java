package dev.millrace.bench.sketch;

import dev.millrace.bench.report.Samples;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Times sketches in turn: the whole warm-up first, then round by round, and who begins changes with
 * the round. The clock is the processor time of this thread, which a busy machine stretches less
 * than the time on the wall; collecting garbage is not in it. One thread.
 */
final class Costs {
  private static final long SLICE_NANOS = 200_000_000;
  private static final int WARM_UP_SLICES = 5;

  private final ThreadMXBean clock = ManagementFactory.getThreadMXBean();
  private final List<Sketch> sketches;
  private final int rounds;
  private final double[] values;

  /** What a run made. In a field, so that the compiler cannot leave out the making of it. */
  private List<Contender> made = List.of();

  Costs(List<Sketch> sketches, int rounds, long seed) {
    this.sketches = List.copyOf(sketches);
    this.rounds = rounds;
    this.values = DataSet.NORMAL.draw(Work.HOUR, new Random(seed));
  }

  List<Cost> measure() {
    var costs = new ArrayList<Cost>();
    for (var work : Work.values()) {
      costs.addAll(measure(work));
    }
    return costs;
  }

  private List<Cost> measure(Work work) {
    var samples = new ArrayList<List<Double>>();
    sketches.forEach(sketch -> samples.add(new ArrayList<>()));
    for (var round = -WARM_UP_SLICES; round < rounds; round++) {
      for (var index : turns(round)) {
        var nanos = slice(work, work.on(sketches.get(index), values));
        if (round >= 0) {
          samples.get(index).add(nanos);
        }
      }
    }
    var costs = new ArrayList<Cost>();
    for (var index : turns(0)) {
      costs.add(new Cost(work, sketches.get(index), new Samples(samples.get(index))));
    }
    return costs;
  }

  private List<Integer> turns(int round) {
    var turns = new ArrayList<Integer>();
    for (var index = 0; index < sketches.size(); index++) {
      turns.add(index);
    }
    Collections.rotate(turns, round);
    return turns;
  }

  /** Nanoseconds a step. */
  private double slice(Work work, Work.Run run) {
    var steps = 0L;
    var begin = clock.getCurrentThreadCpuTime();
    long taken;
    do {
      made = run.once();
      steps += (long) made.size() * work.stepsOfOne();
      taken = clock.getCurrentThreadCpuTime() - begin;
    } while (taken < SLICE_NANOS);
    return (double) taken / steps;
  }
}
