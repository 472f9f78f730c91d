package dev.millrace.aggregate.score;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;

/**
 * A mean of scores that leans to the worst: 100 less the cubic mean of what each lacks of 100. One
 * that has nothing among 200 that have all makes 82.9, half of them 20.6, where the plain mean says
 * 99.5 and 50. It is never above the plain mean and never below the worst, falls if any score
 * falls, and blends of parts merge to the blend of all. Not for use by several threads.
 */
public final class Blend {
  private static final double BEST = 100;

  private double weight;
  private double cubes;

  /** Adds a score of 0 to 100. */
  public void add(double itsWeight, double score) {
    var lack = BEST - score;
    weight += itsWeight;
    cubes += itsWeight * lack * lack * lack;
  }

  /** Adds all that another one was made of. */
  public void add(Blend other) {
    weight += other.weight;
    cubes += other.cubes;
  }

  /** Forgets what was added. */
  void clear() {
    weight = 0;
    cubes = 0;
  }

  /** Whether nothing was added. */
  public boolean isEmpty() {
    return weight == 0;
  }

  /** The mean; not to be asked of an empty one. */
  public double score() {
    return Math.max(0, BEST - Math.cbrt(cubes / weight));
  }

  void encode(StateWriter out) {
    out.writeBoolean(!isEmpty());
    if (!isEmpty()) {
      out.writeDouble(weight);
      out.writeDouble(cubes);
    }
  }

  static Blend decode(StateReader in) {
    var blend = new Blend();
    if (in.readBoolean()) {
      blend.weight = in.readDouble();
      blend.cubes = in.readDouble();
    }
    return blend;
  }
}
