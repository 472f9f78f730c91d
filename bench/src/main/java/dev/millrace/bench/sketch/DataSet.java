package dev.millrace.bench.sketch;

import java.util.List;
import java.util.Random;

/** What windows are filled with: shapes that some sketch or other finds hard. None holds a 0. */
enum DataSet {
  NORMAL("normal", "20 ± 5"),
  NEGATIVE("negative", "-40 ± 5, all below 0"),
  AROUND_ZERO("around zero", "0 ± 1"),
  OFFSET("offset", "1,000 ± 1"),
  HEAVY_TAIL("heavy tail", "Pareto, alpha 1.1"),
  LOGNORMAL("lognormal", "e to the power of 0 ± 1"),
  CONSTANT("constant", "42.5"),
  FEW_DISTINCT("few distinct", "1, 2, 3, 5 or 10");

  private static final double ALPHA = 1.1;
  private static final List<Double> FIVE = List.of(1.0, 2.0, 3.0, 5.0, 10.0);

  private final String title;
  private final String shape;

  DataSet(String title, String shape) {
    this.title = title;
    this.shape = shape;
  }

  String shape() {
    return shape;
  }

  double[] draw(int size, Random random) {
    var values = new double[size];
    for (var i = 0; i < size; i++) {
      values[i] = draw(random);
    }
    return values;
  }

  private double draw(Random random) {
    return switch (this) {
      case NORMAL -> 20 + 5 * random.nextGaussian();
      case NEGATIVE -> -40 + 5 * random.nextGaussian();
      case AROUND_ZERO -> random.nextGaussian();
      case OFFSET -> 1_000 + random.nextGaussian();
      case HEAVY_TAIL -> Math.pow(1 - random.nextDouble(), -1 / ALPHA);
      case LOGNORMAL -> Math.exp(random.nextGaussian());
      case CONSTANT -> 42.5;
      case FEW_DISTINCT -> FIVE.get(random.nextInt(FIVE.size()));
    };
  }

  @Override
  public String toString() {
    return title;
  }
}
