package dev.millrace.aggregate.baseline;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;

/**
 * What is normal in one season slot: weighted mean and standard deviation, extremes and
 * percentiles. Recent values weigh more ({@link BaselineConfig#halfLifeMicros}). Once a slot may
 * judge, values far out are drawn in before they are learned, so an anomaly does not become normal
 * and does not widen what is. Not for use by several threads.
 *
 * <p>Memory: about 170 bytes; 80 to 95 encoded.
 */
public final class Slot {
  private static final int DECAYED = 4;

  /** However far out, a value weighs this much: so a lasting change becomes normal in days. */
  private static final double LEAST_SHARE = 0.25;

  private long samples;
  private double weight;
  private double mean;
  private double squares;
  private double min = Double.POSITIVE_INFINITY;
  private double max = Double.NEGATIVE_INFINITY;
  private long updatedMicros = Long.MIN_VALUE;
  private long firstDay;
  private long lastDay;
  private int days;
  private QuantileTracker quantiles = new QuantileTracker();

  /**
   * Learns a window's value.
   *
   * @param micros begin of the window
   * @return whether this made the slot usable
   */
  boolean learn(long micros, double value, BaselineConfig config) {
    var wasUsable = usable(config);
    forget(micros, config);
    seenOn(SeasonSlot.epochDay(micros));
    var limit = wasUsable ? config.clipSigma() * stddev(config) : Double.POSITIVE_INFINITY;
    var deviation = value - mean;
    if (Math.abs(deviation) <= limit) {
      accept(value, 1);
    } else {
      var share = Math.max(LEAST_SHARE, limit / Math.abs(deviation));
      accept(mean + Math.copySign(limit, deviation), share);
    }
    follow(value, config);
    return !wasUsable && usable(config);
  }

  private void forget(long micros, BaselineConfig config) {
    if (samples > 0 && micros > updatedMicros) {
      var kept = Math.exp(-Math.log(2) * (micros - updatedMicros) / config.halfLifeMicros());
      weight *= kept;
      squares *= kept;
    }
    updatedMicros = Math.max(updatedMicros, micros);
  }

  private void accept(double value, double share) {
    samples++;
    weight += share;
    var delta = value - mean;
    mean += delta * share / weight;
    squares += share * delta * (value - mean);
    min = Math.min(min, value);
    max = Math.max(max, value);
  }

  private void follow(double value, BaselineConfig config) {
    if (samples == QuantileTracker.WARM_UP) {
      quantiles.begin(mean, stddev(config));
    } else if (samples > QuantileTracker.WARM_UP) {
      quantiles.add(value, weight, stddev(config));
    }
  }

  private void seenOn(long day) {
    if (days == 0) {
      firstDay = day;
      lastDay = day;
      days = 1;
    } else if (day > lastDay) {
      lastDay = day;
      days++;
    } else {
      firstDay = Math.min(firstDay, day);
    }
  }

  /** Moves all it has learned by so much. */
  void shift(double delta) {
    mean += delta;
    min += delta;
    max += delta;
    quantiles.shift(delta);
  }

  /**
   * A slot that begins with what this one knows, as if learned from {@link
   * BaselineConfig#minSamples} windows: a new hour starts from the hour before it and not from
   * nothing.
   */
  Slot heir(BaselineConfig config) {
    var heir = new Slot();
    heir.samples = config.minSamples();
    heir.weight = config.minSamples();
    heir.mean = mean;
    heir.squares = squares / weight * heir.weight;
    heir.min = min;
    heir.max = max;
    heir.updatedMicros = updatedMicros;
    heir.quantiles = quantiles.copy();
    return heir;
  }

  /** Whether it has learned enough, and recently enough, to judge by. */
  public boolean usable(BaselineConfig config) {
    return samples >= config.minSamples() && weight * DECAYED >= config.minSamples();
  }

  /** Windows learned from, those of an hour it began from included. */
  public long samples() {
    return samples;
  }

  public double mean() {
    return mean;
  }

  /** Standard deviation, never below the floor. */
  public double stddev(BaselineConfig config) {
    var floor = Math.max(config.floorAbsolute(), config.floorRelative() * Math.abs(mean));
    return weight > 1 ? Math.max(floor, Math.sqrt(Math.max(0, squares) / (weight - 1))) : floor;
  }

  public double min() {
    return min;
  }

  public double max() {
    return max;
  }

  /** 5th, 50th, 95th and 99th percentile; those of a bell curve while samples are very few. */
  public double[] percentiles(BaselineConfig config) {
    if (samples < QuantileTracker.WARM_UP) {
      quantiles.begin(mean, stddev(config));
    }
    var values = quantiles.estimates();
    for (var i = 0; i < values.length; i++) {
      values[i] = Math.max(min, Math.min(max, values[i]));
    }
    return values;
  }

  /** Begin of the latest window learned from, in microseconds since the epoch. */
  public long updatedMicros() {
    return updatedMicros;
  }

  /** First day learned from, in days since the epoch. */
  public long firstDay() {
    return firstDay;
  }

  public long lastDay() {
    return lastDay;
  }

  /** Distinct days learned from. */
  public int days() {
    return days;
  }

  /** 0 to 100: how much weight stands behind it, halfway at {@code minSamples}. */
  public double confidence(BaselineConfig config) {
    return 100 * weight / (weight + config.minSamples());
  }

  void encode(StateWriter out) {
    out.writeUnsigned(samples);
    out.writeDouble(weight);
    out.writeDouble(mean);
    out.writeDouble(squares);
    out.writeDouble(min);
    out.writeDouble(max);
    out.writeLong(updatedMicros);
    out.writeLong(firstDay);
    out.writeLong(lastDay);
    out.writeUnsigned(days);
    quantiles.encode(out);
  }

  static Slot decode(StateReader in) {
    var slot = new Slot();
    slot.samples = in.readUnsigned();
    slot.weight = in.readDouble();
    slot.mean = in.readDouble();
    slot.squares = in.readDouble();
    slot.min = in.readDouble();
    slot.max = in.readDouble();
    slot.updatedMicros = in.readLong();
    slot.firstDay = in.readLong();
    slot.lastDay = in.readLong();
    slot.days = in.readInt();
    slot.quantiles = QuantileTracker.decode(in);
    return slot;
  }
}
