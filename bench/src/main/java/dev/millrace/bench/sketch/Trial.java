package dev.millrace.bench.sketch;

import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The values of one window, and every way a sketch is made of them. The same for all sketches: what
 * is drawn at random is drawn once.
 */
final class Trial {
  private static final int MOST_PARTS = 60;

  private final double[] values;
  private final double[] reordered;
  private final List<Integer> otherOrder;
  private final Exact exact;

  Trial(double[] values, Random random) {
    this.values = values.clone();
    this.reordered = shuffled(values, random);
    this.otherOrder = parts();
    Collections.shuffle(otherOrder, random);
    this.exact = new Exact(values);
  }

  Exact exact() {
    return exact;
  }

  Contender added(Sketch sketch) {
    return sketch.of(values);
  }

  /** Stored when half of the values are in, as an aggregator does that commits. */
  Contender addedAndStored(Sketch sketch) {
    var contender = sketch.empty();
    var half = values.length / 2;
    contender.add(values, 0, half);
    if (half > 0) {
      contender.bytes();
    }
    contender.add(values, half, values.length);
    return contender;
  }

  Contender addedInAnotherOrder(Sketch sketch) {
    return sketch.of(reordered);
  }

  /** Of 60 parts, or of single values where there are fewer, each a sketch of its own. */
  Contender merged(Sketch sketch) {
    return merged(sketch, parts());
  }

  Contender mergedInAnotherOrder(Sketch sketch) {
    return merged(sketch, otherOrder);
  }

  private Contender merged(Sketch sketch, List<Integer> order) {
    var whole = sketch.empty();
    for (var index : order) {
      var part = sketch.empty();
      part.add(values, begin(index), begin(index + 1));
      whole.merge(part);
    }
    return whole;
  }

  private int begin(int part) {
    return (int) ((long) part * values.length / partCount());
  }

  private List<Integer> parts() {
    return IntStream.range(0, partCount()).boxed().collect(Collectors.toList());
  }

  private int partCount() {
    return Math.min(MOST_PARTS, values.length);
  }

  private static double[] shuffled(double[] values, Random random) {
    var shuffled = values.clone();
    for (var i = shuffled.length - 1; i > 0; i--) {
      var other = random.nextInt(i + 1);
      var value = shuffled[i];
      shuffled[i] = shuffled[other];
      shuffled[other] = value;
    }
    return shuffled;
  }
}
