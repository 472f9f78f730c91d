package dev.millrace.aggregate.learn;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;

/**
 * How many incidents there were, and what people found of them.
 *
 * @param detected incidents that were detected
 * @param confirmed those that were right
 * @param falsePositives those that were none
 * @param missed incidents that were not detected
 */
public record Tally(int detected, int confirmed, int falsePositives, int missed) {
  public static final Tally NONE = new Tally(0, 0, 0, 0);

  public Tally plus(Tally other) {
    return new Tally(
        detected + other.detected,
        confirmed + other.confirmed,
        falsePositives + other.falsePositives,
        missed + other.missed);
  }

  public Tally negated() {
    return new Tally(-detected, -confirmed, -falsePositives, -missed);
  }

  /** Share of the judged incidents that were right; NaN if none was judged. */
  public double precision() {
    return share(confirmed, falsePositives);
  }

  /** Share of what is known to have been there that was found; NaN if nothing is known. */
  public double recall() {
    return share(confirmed, missed);
  }

  /** Harmonic mean of precision and recall; NaN where either is not known, or both are 0. */
  public double f1() {
    return 2 * precision() * recall() / (precision() + recall());
  }

  private static double share(int right, int wrong) {
    return (double) right / (right + wrong);
  }

  public void encode(StateWriter out) {
    out.writeLong(detected);
    out.writeLong(confirmed);
    out.writeLong(falsePositives);
    out.writeLong(missed);
  }

  public static Tally decode(StateReader in) {
    return new Tally(
        Math.toIntExact(in.readLong()),
        Math.toIntExact(in.readLong()),
        Math.toIntExact(in.readLong()),
        Math.toIntExact(in.readLong()));
  }
}
