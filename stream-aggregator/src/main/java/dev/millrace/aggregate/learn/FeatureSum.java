package dev.millrace.aggregate.learn;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;

/** What a metric of an entity came to in an hour, over all its series. One thread. */
public final class FeatureSum {
  private long samples;
  private int windows;
  private double value;
  private double expected;
  private double sigma;
  private double farthest;
  private double min = Double.POSITIVE_INFINITY;
  private double max = Double.NEGATIVE_INFINITY;

  /**
   * Adds what one series came to in one window.
   *
   * @param count samples in the window, at least one
   * @param mean mean of their values
   * @param baseline mean of what was expected of them
   * @param deviation mean of their deviations in standard deviations
   * @param least smallest value
   * @param most largest value
   */
  public void add(
      int count, double mean, double baseline, double deviation, double least, double most) {
    samples += count;
    windows++;
    var share = (double) count / samples;
    value += (mean - value) * share;
    expected += (baseline - expected) * share;
    sigma += (deviation - sigma) * share;
    farthest = Math.abs(deviation) > Math.abs(farthest) ? deviation : farthest;
    min = Math.min(min, least);
    max = Math.max(max, most);
  }

  public long samples() {
    return samples;
  }

  /** Windows of all series. */
  public int windows() {
    return windows;
  }

  /** Mean of the values, each sample alike. */
  public double value() {
    return value;
  }

  public double expected() {
    return expected;
  }

  /** Mean deviation, in standard deviations. */
  public double sigma() {
    return sigma;
  }

  /** The deviation of the window that deviates most. */
  public double farthest() {
    return farthest;
  }

  public double min() {
    return min;
  }

  public double max() {
    return max;
  }

  void encode(StateWriter out) {
    out.writeUnsigned(samples);
    out.writeUnsigned(windows);
    out.writeDouble(value);
    out.writeDouble(expected);
    out.writeDouble(sigma);
    out.writeDouble(farthest);
    out.writeDouble(min);
    out.writeDouble(max);
  }

  static FeatureSum decode(StateReader in) {
    var sum = new FeatureSum();
    sum.samples = in.readUnsigned();
    sum.windows = in.readInt();
    sum.value = in.readDouble();
    sum.expected = in.readDouble();
    sum.sigma = in.readDouble();
    sum.farthest = in.readDouble();
    sum.min = in.readDouble();
    sum.max = in.readDouble();
    return sum;
  }
}
