package dev.millrace.bench.detect;

import dev.millrace.aggregate.anomaly.Detector;
import dev.millrace.aggregate.anomaly.Feedback;
import dev.millrace.aggregate.anomaly.History;
import dev.millrace.aggregate.anomaly.Watch;
import dev.millrace.aggregate.baseline.Norm;
import dev.millrace.aggregate.baseline.SeasonSlot;
import dev.millrace.aggregate.codec.StateWriter;
import java.util.Optional;
import java.util.Random;

/**
 * What the detector remembers of a series, in bytes; baselines apart. Of series that have been
 * judged for {@value #WINDOWS} windows and have had some incidents.
 *
 * @param heap of a series, after a collection
 * @param window written for a series in which a window was judged
 * @param memory written when what seldom changes has
 * @param watch written with every window: decisions and incidents
 */
record Footprint(double heap, double window, double memory, double watch) {
  private static final int SERIES = 2_000;
  private static final int WINDOWS = 1_000;
  private static final int SPIKE_ONE_IN = 250;
  private static final double HEIGHT = 20;
  private static final int COLLECTIONS = 3;
  private static final Optional<Norm> NORM =
      Optional.of(new Norm(SeasonSlot.ALL, Shape.LEVEL, 1, WINDOWS));

  static Footprint measure(long seed) {
    var random = new Random(seed);
    var detector = new Detector(Setting.SECONDS.detection().detector());
    var histories = new History[SERIES];
    var watches = new Watch[SERIES];
    var before = used();
    for (var i = 0; i < SERIES; i++) {
      histories[i] = new History();
      watches[i] = new Watch();
      judge(detector, watches[i], histories[i], random);
    }
    var heap = (double) (used() - before) / SERIES;
    var writer = new StateWriter();
    var bytes = new long[3];
    for (var i = 0; i < SERIES; i++) {
      histories[i].encode(writer);
      bytes[0] += taken(writer);
      histories[i].encodeMemory(writer);
      bytes[1] += taken(writer);
      watches[i].encode(writer);
      bytes[2] += taken(writer);
    }
    return new Footprint(
        heap, (double) bytes[0] / SERIES, (double) bytes[1] / SERIES, (double) bytes[2] / SERIES);
  }

  private static void judge(Detector detector, Watch watch, History history, Random random) {
    var length = Setting.SECONDS.windowMicros();
    for (var window = 0; window < WINDOWS; window++) {
      var spike = random.nextInt(SPIKE_ONE_IN) == 0 ? HEIGHT : 0;
      var value = Shape.LEVEL + random.nextGaussian() + spike;
      var begin = Shape.BEGIN + window * length;
      detector.judge(watch, history, begin, begin + length, value, NORM, Feedback.NONE, step -> {});
    }
  }

  /** All that is written of a series, once. */
  double encoded() {
    return window + memory + watch;
  }

  private static long taken(StateWriter writer) {
    var length = writer.length();
    writer.reset();
    return length;
  }

  private static long used() {
    for (var i = 0; i < COLLECTIONS; i++) {
      System.gc();
    }
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
