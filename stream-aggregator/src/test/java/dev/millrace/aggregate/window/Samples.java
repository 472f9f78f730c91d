package dev.millrace.aggregate.window;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.DoubleStream;

/** Samples of several shapes, and what a plain recomputation over them gives. */
final class Samples {

  private Samples() {}

  /** Shapes that sketches and sums find hard, each of {@code size} values; seeded. */
  static DoubleStream shaped(String shape, int size, long seed) {
    var random = new Random(seed);
    return DoubleStream.generate(
            switch (shape) {
              case "constant" -> () -> 42.5;
              case "negative" -> () -> -20 + random.nextGaussian();
              case "around zero" -> () -> random.nextInt(5) == 0 ? 0 : random.nextGaussian();
              case "heavy tail" -> () -> Math.exp(2 * random.nextGaussian());
              case "huge" -> () -> random.nextDouble() * 1e300 * (random.nextBoolean() ? 1 : -1);
              default -> () -> random.nextDouble() * 100;
            })
        .limit(size);
  }

  static WindowState stateOf(double... values) {
    var state = new WindowState();
    for (var i = 0; i < values.length; i++) {
      state.add(i, i, values[i]);
    }
    return state;
  }

  static byte[] encoded(WindowState state) {
    var out = new StateWriter();
    state.encode(out);
    return out.toByteArray();
  }

  static WindowState decoded(byte[] bytes) {
    return WindowState.decode(new StateReader(bytes));
  }

  /** PostgreSQL's percentile_cont. */
  static double percentile(double[] values, double quantile) {
    var sorted = values.clone();
    Arrays.sort(sorted);
    var rank = quantile * (sorted.length - 1);
    var below = sorted[(int) rank];
    var above = sorted[(int) Math.ceil(rank)];
    return below + (above - below) * (rank - Math.floor(rank));
  }
}
