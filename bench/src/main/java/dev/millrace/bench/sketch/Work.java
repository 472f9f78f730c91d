package dev.millrace.bench.sketch;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** What is timed: an hour of one value a second, put together in several ways. */
enum Work {
  ADD_TO_5("a value added to a window of 5", true, 5),
  ADD_TO_60("a value added to a window of 60", true, 60),
  ADD_TO_3600("a value added to a window of 3,600", true, 3_600),
  MERGE_5("a window of 5 merged into an hour", false, 5),
  MERGE_60("a window of 60 merged into an hour", false, 60);

  static final int HOUR = 3_600;

  private final String title;
  private final boolean adds;
  private final int window;

  Work(String title, boolean adds, int window) {
    this.title = title;
    this.adds = adds;
    this.window = window;
  }

  /** How many of it make one of the sketches that a run gives back. */
  int stepsOfOne() {
    return adds ? window : HOUR / window;
  }

  /** Prepared before the clock starts; the run gives back what it made. */
  Run on(Sketch sketch, double[] values) {
    return adds ? () -> filled(sketch, values) : merging(sketch, filled(sketch, values));
  }

  private static Run merging(Sketch sketch, List<Contender> parts) {
    return () -> {
      var hour = sketch.empty();
      parts.forEach(hour::merge);
      return List.of(hour);
    };
  }

  private List<Contender> filled(Sketch sketch, double[] values) {
    var windows = new ArrayList<Contender>(HOUR / window);
    IntStream.range(0, HOUR / window)
        .forEach(
            index -> {
              var contender = sketch.empty();
              contender.add(values, index * window, (index + 1) * window);
              windows.add(contender);
            });
    return windows;
  }

  @Override
  public String toString() {
    return title;
  }

  /** An hour's worth of it. */
  interface Run {
    List<Contender> once();
  }
}
