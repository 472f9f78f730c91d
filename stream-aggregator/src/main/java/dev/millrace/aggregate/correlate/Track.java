package dev.millrace.aggregate.correlate;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;
import java.util.Arrays;

/**
 * One series at one resolution: its scale, its latest values on that scale, and how much it
 * resembles itself some steps before.
 *
 * <p>A value is reduced to standard deviations from the mean the series has had so far, and drawn
 * in to {@link #CLIP} of them, before anything is made of it: one incident that two series share is
 * then no correlation, however far they went. What is old is forgotten by {@link #fade}. Memory: 56
 * bytes and 12 a step of memory. One thread.
 */
final class Track {
  /** Values farther from 0 count as this far, on the scale of the series. */
  static final double CLIP = 4;

  /** Of a smaller scale, the series does not move. */
  private static final double LEAST = 1e-9;

  private final Resolution resolution;
  private double weight;
  private double squares;
  private double count;
  private double sum;
  private double square;
  private double third;
  private double fourth;
  private int run;

  /** The latest first; NaN where there is none. */
  private final float[] recent;

  private final float[] products;
  private final float[] pairs;

  Track(Resolution resolution) {
    this.resolution = resolution;
    this.recent = new float[resolution.memory() + 1];
    this.products = new float[resolution.memory()];
    this.pairs = new float[resolution.memory()];
    Arrays.fill(recent, Float.NaN);
  }

  /** Takes the next value; NaN if there is none. */
  void next(double value) {
    System.arraycopy(recent, 0, recent, 1, recent.length - 1);
    recent[0] = Double.isNaN(value) ? Float.NaN : scaled(value);
    run = Float.isNaN(recent[0]) ? 0 : Math.min(run + 1, resolution.lags() + 1);
    if (run > 0) {
      count(recent[0]);
    }
  }

  private float scaled(double value) {
    var scale = weight < resolution.warmUp() ? 0 : Math.sqrt(squares / weight);
    var moves = scale > LEAST;
    var drawn = moves ? Math.max(-CLIP * scale, Math.min(CLIP * scale, value)) : value;
    weight++;
    squares += drawn * drawn;
    return moves ? (float) (drawn / scale) : Float.NaN;
  }

  private void count(double value) {
    count++;
    sum += value;
    square += value * value;
    third += value * value * value;
    fourth += value * value * value * value;
    for (var k = 1; k < recent.length; k++) {
      if (!Float.isNaN(recent[k])) {
        products[k - 1] += (float) (value * recent[k]);
        pairs[k - 1]++;
      }
    }
  }

  /** Lets everything so far weigh less. */
  void fade(double factor) {
    weight *= factor;
    squares *= factor;
    count *= factor;
    sum *= factor;
    square *= factor;
    third *= factor;
    fourth *= factor;
    for (var k = 0; k < products.length; k++) {
      products[k] *= (float) factor;
      pairs[k] *= (float) factor;
    }
  }

  /** Whether it has a value now and at every lag. */
  boolean isUnbroken() {
    return run > resolution.lags();
  }

  /** Copies the latest values, the latest first. */
  void copy(float[] into, int at, int values) {
    System.arraycopy(recent, 0, into, at, values);
  }

  double mean() {
    return count == 0 ? 0 : sum / count;
  }

  double variance() {
    return count == 0 ? 0 : Math.max(0, square / count - mean() * mean());
  }

  /** How much it resembles itself some steps before, -1 to 1. */
  double autocorrelation(int steps) {
    var variance = variance();
    if (variance == 0 || pairs[steps - 1] == 0) {
      return 0;
    }
    var covariance = products[steps - 1] / pairs[steps - 1] - mean() * mean();
    return Math.max(-1, Math.min(1, covariance / variance));
  }

  /**
   * On what share of its values rests what it shows: of noise, on all; of a series that is flat but
   * for five bursts, on few more than these.
   */
  double participation() {
    var variance = variance();
    if (variance == 0) {
      return 0;
    }
    var mean = mean();
    var about = (fourth - 4 * mean * third + 6 * mean * mean * square) / count;
    return Math.min(1, 3 * variance * variance / (about - 3 * Math.pow(mean, 4)));
  }

  void encode(StateWriter out) {
    out.writeDouble(weight);
    out.writeDouble(squares);
    out.writeDouble(count);
    out.writeDouble(sum);
    out.writeDouble(square);
    out.writeDouble(third);
    out.writeDouble(fourth);
    out.writeUnsigned(run);
    write(recent, out);
    write(products, out);
    write(pairs, out);
  }

  private static void write(float[] values, StateWriter out) {
    for (var value : values) {
      out.writeFloat(value);
    }
  }

  static Track decode(StateReader in, Resolution resolution) {
    var track = new Track(resolution);
    track.weight = in.readDouble();
    track.squares = in.readDouble();
    track.count = in.readDouble();
    track.sum = in.readDouble();
    track.square = in.readDouble();
    track.third = in.readDouble();
    track.fourth = in.readDouble();
    track.run = in.readInt();
    read(track.recent, in);
    read(track.products, in);
    read(track.pairs, in);
    return track;
  }

  private static void read(float[] values, StateReader in) {
    for (var i = 0; i < values.length; i++) {
      values[i] = in.readFloat();
    }
  }
}
