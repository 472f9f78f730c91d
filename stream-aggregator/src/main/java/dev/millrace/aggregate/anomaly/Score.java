package dev.millrace.aggregate.anomaly;

import dev.millrace.aggregate.baseline.Norm;
import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;

/** How far one value lies from what was expected of it. */
public record Score(double value, Norm norm) {

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
  }

  static Score decode(StateReader in) {
    return new Score(in.readDouble(), Norm.decode(in));
  }
}
