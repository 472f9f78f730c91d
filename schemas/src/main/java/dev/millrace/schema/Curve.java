package dev.millrace.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * How healthy a value is, from 0 to 100: straight lines from knee to knee, and beyond the outermost
 * ones as at them.
 *
 * @param scale what the lines are straight over
 * @param knees by ascending value, at least two; their scores only rise or only fall
 */
public record Curve(Scale scale, List<Knee> knees) {
  private static final double BEST = 100;

  /** What the lines of a curve are straight over. */
  public enum Scale {
    /** The value. */
    LINEAR,
    /** Its logarithm: for values whose size is told in powers of ten. All knees are positive. */
    LOG
  }

  /** A value and its score. */
  public record Knee(double value, double score) {}

  public Curve {
    Objects.requireNonNull(scale);
    knees = List.copyOf(knees);
    if (knees.size() < 2) {
      throw new IllegalArgumentException("a curve needs two knees, and has " + knees);
    }
    if (scale == Scale.LOG && knees.get(0).value() <= 0) {
      throw new IllegalArgumentException("a logarithmic curve begins above 0: " + knees);
    }
    var rises = knees.get(knees.size() - 1).score() > knees.get(0).score();
    for (var i = 1; i < knees.size(); i++) {
      requireFollows(knees.get(i), knees.get(i - 1), rises);
    }
    if (knees.stream().anyMatch(knee -> knee.score() < 0 || knee.score() > BEST)) {
      throw new IllegalArgumentException("scores are 0 to 100: " + knees);
    }
  }

  private static void requireFollows(Knee knee, Knee before, boolean rises) {
    var step = rises ? knee.score() - before.score() : before.score() - knee.score();
    if (knee.value() <= before.value() || step < 0) {
      throw new IllegalArgumentException(
          "%s after %s: values ascend, and scores only rise or only fall".formatted(knee, before));
    }
  }

  /** Straight over the value; each value is followed by its score. */
  public static Curve linear(double... valuesAndScores) {
    return of(Scale.LINEAR, valuesAndScores);
  }

  /** Straight over the logarithm of the value; each value is followed by its score. */
  public static Curve log(double... valuesAndScores) {
    return of(Scale.LOG, valuesAndScores);
  }

  private static Curve of(Scale scale, double... valuesAndScores) {
    var knees = new ArrayList<Knee>();
    for (var i = 0; i < valuesAndScores.length; i += 2) {
      knees.add(new Knee(valuesAndScores[i], valuesAndScores[i + 1]));
    }
    return new Curve(scale, knees);
  }
}
