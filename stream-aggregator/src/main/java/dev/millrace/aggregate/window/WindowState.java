package dev.millrace.aggregate.window;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;

/**
 * What a window knows of its values: count, minimum, maximum, sum, mean and squared deviations
 * (Welford; merged as Chan has it), first and last event time, the last value by event time, and
 * quantiles.
 *
 * <p>Merging is associative and commutative (sums up to rounding), an empty state is neutral, and
 * encode then decode gives the same state. Of two values with one event time, the one with the
 * larger order is the last. Values are finite. Memory: about 120 bytes and the {@link Quantiles}.
 * Not for use by several threads.
 */
public final class WindowState {
  private long count;
  private double min = Double.POSITIVE_INFINITY;
  private double max = Double.NEGATIVE_INFINITY;
  private double sum;
  private double mean;
  private double squares;
  private double last = Double.NaN;
  private long firstMicros = Long.MAX_VALUE;
  private long lastMicros = Long.MIN_VALUE;
  private long lastOrder = Long.MIN_VALUE;

  /** None where no percentile is wanted. */
  private final Quantiles quantiles;

  public WindowState() {
    this(true);
  }

  /** An empty state; without percentiles it takes less memory, and answers none. */
  public WindowState(boolean percentiles) {
    this(percentiles ? new Quantiles() : null);
  }

  private WindowState(Quantiles quantiles) {
    this.quantiles = quantiles;
  }

  /**
   * Adds a value.
   *
   * @param micros event time, microseconds since the epoch
   * @param order what tells two values of one event time apart: the larger is the later
   * @param value finite
   */
  public void add(long micros, long order, double value) {
    count++;
    min = Math.min(min, value);
    max = Math.max(max, value);
    sum += value;
    var delta = value - mean;
    mean += delta / count;
    squares += delta * (value - mean);
    seen(micros, micros, order, value);
    if (quantiles != null) {
      quantiles.add(value);
    }
  }

  /**
   * Adds everything {@code other} holds, which stays as it is.
   *
   * @throws NullPointerException if it keeps no percentiles, and this does
   */
  public void merge(WindowState other) {
    if (other.count == 0) {
      return;
    }
    var total = count + other.count;
    var delta = other.mean - mean;
    squares += other.squares + delta * delta * ((double) count * other.count / total);
    mean += delta * ((double) other.count / total);
    count = total;
    min = Math.min(min, other.min);
    max = Math.max(max, other.max);
    sum += other.sum;
    seen(other.firstMicros, other.lastMicros, other.lastOrder, other.last);
    if (quantiles != null) {
      quantiles.merge(other.quantiles);
    }
  }

  private void seen(long first, long micros, long order, double value) {
    firstMicros = Math.min(firstMicros, first);
    if (micros > lastMicros || (micros == lastMicros && order >= lastOrder)) {
      lastMicros = micros;
      lastOrder = order;
      last = value;
    }
  }

  public WindowState copy() {
    var copy = new WindowState(quantiles == null ? null : quantiles.copy());
    copy.count = count;
    copy.min = min;
    copy.max = max;
    copy.sum = sum;
    copy.mean = mean;
    copy.squares = squares;
    copy.last = last;
    copy.firstMicros = firstMicros;
    copy.lastMicros = lastMicros;
    copy.lastOrder = lastOrder;
    return copy;
  }

  public boolean isEmpty() {
    return count == 0;
  }

  public long count() {
    return count;
  }

  public double min() {
    return min;
  }

  public double max() {
    return max;
  }

  public double sum() {
    return sum;
  }

  /** Arithmetic mean, never outside {@link #min} and {@link #max} by rounding. */
  public double mean() {
    return Math.max(min, Math.min(max, mean));
  }

  public double last() {
    return last;
  }

  /** Earliest event time. */
  public long firstMicros() {
    return firstMicros;
  }

  /** Latest event time. */
  public long lastMicros() {
    return lastMicros;
  }

  /** Sample standard deviation; {@code NaN} below two values. */
  public double stddev() {
    return count < 2 ? Double.NaN : Math.sqrt(Math.max(0, squares) / (count - 1));
  }

  /**
   * Values at ascending quantiles from 0 to 1.
   *
   * @throws NullPointerException if it keeps no percentiles
   */
  public double[] quantiles(double... ascending) {
    return quantiles.at(min, max, ascending);
  }

  /** Writes the state; equal multisets of values with equal sums give equal bytes. */
  public void encode(StateWriter out) {
    out.writeBoolean(quantiles != null);
    out.writeUnsigned(count);
    if (count == 0) {
      return;
    }
    out.writeDouble(min);
    out.writeDouble(max);
    out.writeDouble(sum);
    out.writeDouble(mean);
    out.writeDouble(squares);
    out.writeDouble(last);
    out.writeLong(firstMicros);
    out.writeLong(lastMicros - firstMicros);
    out.writeLong(lastOrder);
    if (quantiles != null) {
      quantiles.encode(out);
    }
  }

  public static WindowState decode(StateReader in) {
    var percentiles = in.readBoolean();
    var count = in.readUnsigned();
    if (count == 0) {
      return new WindowState(percentiles);
    }
    var min = in.readDouble();
    var max = in.readDouble();
    var sum = in.readDouble();
    var mean = in.readDouble();
    var squares = in.readDouble();
    var last = in.readDouble();
    var firstMicros = in.readLong();
    var lastMicros = firstMicros + in.readLong();
    var lastOrder = in.readLong();
    var state = new WindowState(percentiles ? Quantiles.decode(in) : null);
    state.count = count;
    state.min = min;
    state.max = max;
    state.sum = sum;
    state.mean = mean;
    state.squares = squares;
    state.last = last;
    state.firstMicros = firstMicros;
    state.lastMicros = lastMicros;
    state.lastOrder = lastOrder;
    return state;
  }
}
