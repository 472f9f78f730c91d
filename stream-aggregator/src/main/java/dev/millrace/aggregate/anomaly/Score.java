package dev.millrace.aggregate.anomaly;

import dev.millrace.aggregate.baseline.Norm;
import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;
import dev.millrace.aggregate.rarity.Rarity;

/**
 * How far one value lies from what was expected of it, and how rare that is in its series.
 *
 * @param rarity in powers of ten; 0 in a series too young to say
 */
public record Score(double value, Norm norm, double rarity) {

  /** Above (positive) or below what was expected, in the metric's unit. */
  public double deviation() {
    return value - norm.mean();
  }

  /** The deviation in standard deviations. */
  public double sigma() {
    return deviation() / norm.stddev();
  }

  /** The deviation in percent of the expected magnitude; not finite where 0 is expected. */
  public double percent() {
    return 100 * deviation() / Math.abs(norm.mean());
  }

  /** The rarity as a score from 0 to 1. */
  public double anomaly() {
    return Rarity.score(rarity);
  }

  /** The value that lies {@code sigmas} standard deviations from the expected one. */
  public double bound(double sigmas) {
    return norm.mean() + sigmas * norm.stddev();
  }

  double magnitude() {
    return Math.abs(sigma());
  }

  boolean sameSide(Score other) {
    return deviation() > 0 == other.deviation() > 0;
  }

  void encode(StateWriter out) {
    out.writeDouble(value);
    norm.encode(out);
    out.writeDouble(rarity);
  }

  static Score decode(StateReader in) {
    return new Score(in.readDouble(), Norm.decode(in), in.readDouble());
  }
}
