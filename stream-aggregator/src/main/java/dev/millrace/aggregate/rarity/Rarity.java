package dev.millrace.aggregate.rarity;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;

/**
 * How rare what a series does just now is, by its own history. Four questions are asked of every
 * value, each is answered by how rare the answer is among all given before ({@link Tail}), and the
 * mean of the four decides:
 *
 * <ol>
 *   <li>how far beyond two standard deviations of its baseline it is, with those before it that
 *       were beyond on the same side without a pause (a cumulative sum);
 *   <li>how far the run of its latest residuals, a moving mean with a half-life of {@value
 *       #SHORT_VALUES} values, has come from nothing;
 *   <li>how unlike the stretches remembered its latest values are ({@link Shapes});
 *   <li>how far it is beyond everything reached before.
 * </ol>
 *
 * <p>A metric that is skewed or bounded, or has spikes for a habit, is so judged by its own shape
 * and not by a bell curve's: what it often does is not rare. One question is answered by chance one
 * time in a hundred as if something were wrong; four at once are not.
 *
 * <p>Pure and streaming: the same values give the same rarities. About 1.6 KB a series. Not for use
 * by several threads.
 */
public final class Rarity {
  /** A mean of 1.6, one in 40, is a score of one half. */
  private static final double HALF = 1.6;

  private static final int SHORT_VALUES = 12;
  private static final double SHORT = rate(SHORT_VALUES);
  private static final double LONG = rate(300);

  /** Of the size of residuals: slower than what it is to measure. */
  private static final double SIZE = 0.002;

  /** By which the range reached so far narrows each value. */
  private static final double NARROW = 1e-5;

  private static final double BEYOND_SIGMA = 2;

  private static final int COUNTED = 4;

  /** The first values say nothing. */
  private static final int FIRST = 20;

  /** Whatever is smaller than this share of the level is no deviation. */
  private static final double GRAIN = 1e-4;

  private static final double LEAST = 1e-9;

  private final Tail beyond = new Tail();
  private final Tail runs = new Tail();
  private final Tail unlike = new Tail();
  private final Tail reach = new Tail();
  private final Shapes shapes = new Shapes();
  private long seen;
  private double origin;
  private double level;
  private double variance;
  private double run;
  private double runVariance;
  private double low;
  private double high;
  private double excess;
  private boolean above;
  private boolean anomalous;
  private int anomalies;

  private static double rate(int halfLife) {
    return 1 - Math.pow(0.5, 1.0 / halfLife);
  }

  /**
   * Adds the next value.
   *
   * @param expected what its baseline expects; NaN if there is none
   * @param stddev standard deviation of the baseline, above 0
   * @return how rare it is, in powers of ten, from 0 to 10
   */
  public double add(double value, double expected, double stddev) {
    if (seen++ == 0) {
      origin = value;
      level = value;
      low = value;
      high = value;
    }
    var known = !Double.isNaN(expected);
    beyond.ask(known ? beyond((value - expected) / stddev) : 0);
    runs.ask(ran(value - (known ? expected : level)));
    move(value);
    unlike.ask(shapes.add(value - origin) / scale(variance));
    reach.ask(reached(value));
    return (beyond.rarity() + runs.rarity() + unlike.rarity() + reach.rarity()) / 4;
  }

  /**
   * Of the value last added, the mean of the two answers that are the rarest: a short spike is far
   * off and unlike anything, but neither a run nor, in a metric with a season, beyond all before.
   */
  public double ofTwo() {
    var one = Math.max(beyond.rarity(), runs.rarity());
    var other = Math.min(beyond.rarity(), runs.rarity());
    for (var next : new double[] {unlike.rarity(), reach.rarity()}) {
      other = Math.max(other, Math.min(one, next));
      one = Math.max(one, next);
    }
    return (one + other) / 2;
  }

  /**
   * Counts what the latest value answered among what is known. To be called once a value.
   *
   * @param isAnomalous whether it is part of an anomaly. Of {@value #COUNTED} anomalies one counts
   *     as a deviation, by its first value: what is to be found again must not become usual, unless
   *     it comes often
   */
  public void learn(boolean isAnomalous) {
    var begins = isAnomalous && !anomalous;
    anomalies = begins ? (anomalies + 1) % COUNTED : anomalies;
    if (!isAnomalous || (begins && anomalies == 0)) {
      beyond.learn();
      runs.learn();
    }
    anomalous = isAnomalous;
    unlike.learn();
    reach.learn();
  }

  /** The level has changed for good, and what is expected with it: residuals begin anew. */
  public void settle() {
    run = 0;
    excess = 0;
  }

  /** A score from 0 to 1 (exclusive) of a rarity; 0.5 is one in 40 on the mean of the four. */
  public static double score(double rarity) {
    return rarity / (rarity + HALF);
  }

  /** The rarity that has a score. */
  public static double ofScore(double score) {
    return HALF * score / (1 - score);
  }

  private double beyond(double sigma) {
    var more = Math.abs(sigma) - BEYOND_SIGMA;
    if (!(more > 0)) {
      excess = 0;
    } else {
      excess = sigma > 0 == above ? excess + more : more;
      above = sigma > 0;
    }
    return excess;
  }

  private double ran(double residual) {
    run += SHORT * (residual - run);
    var size = seen < FIRST ? 0 : Math.abs(run) / scale(runVariance);
    runVariance += Math.max(1.0 / seen, SIZE) * (residual * residual - runVariance);
    return size;
  }

  private void move(double value) {
    var share = Math.max(1.0 / seen, LONG);
    var apart = value - level;
    level += share * apart;
    variance = (1 - share) * (variance + share * apart * apart);
  }

  private double reached(double value) {
    var range = Math.max(high - low, LEAST + GRAIN * Math.abs(value));
    var past = Math.max(value - high, low - value);
    high = Math.max(value, high - NARROW * (high - level));
    low = Math.min(value, low + NARROW * (level - low));
    return seen < FIRST ? 0 : Math.max(0, past / range + 1);
  }

  private double scale(double squares) {
    return Math.max(Math.sqrt(squares), Math.max(LEAST, GRAIN * Math.abs(level)));
  }

  /** Values seen. */
  public long seen() {
    return seen;
  }

  /** Moving mean of the latest residuals, in the metric's unit. */
  public double run() {
    return run;
  }

  /** Whether what seldom changes has changed since it was last encoded. */
  public boolean memoryChanged() {
    return shapes.rememberedChanged()
        || beyond.largestChanged()
        || runs.largestChanged()
        || unlike.largestChanged()
        || reach.largestChanged();
  }

  /** What changes with every value: some 300 bytes. */
  public void encode(StateWriter out) {
    out.writeUnsigned(seen);
    out.writeDouble(origin);
    out.writeDouble(level);
    out.writeDouble(variance);
    out.writeDouble(run);
    out.writeDouble(runVariance);
    out.writeDouble(low);
    out.writeDouble(high);
    out.writeDouble(excess);
    out.writeBoolean(above);
    out.writeBoolean(anomalous);
    out.writeByte(anomalies);
    shapes.encodeLatest(out);
    beyond.encodeCounts(out);
    runs.encodeCounts(out);
    unlike.encodeCounts(out);
    reach.encodeCounts(out);
  }

  /** What seldom changes: some 700 bytes. */
  public void encodeMemory(StateWriter out) {
    shapes.encodeRemembered(out);
    beyond.encodeLargest(out);
    runs.encodeLargest(out);
    unlike.encodeLargest(out);
    reach.encodeLargest(out);
  }

  /** Of what {@link #encode} and {@link #encodeMemory} wrote. */
  public static Rarity decode(StateReader in, StateReader memory) {
    var rarity = new Rarity();
    rarity.decode(in);
    rarity.shapes.decodeRemembered(memory);
    rarity.beyond.decodeLargest(memory);
    rarity.runs.decodeLargest(memory);
    rarity.unlike.decodeLargest(memory);
    rarity.reach.decodeLargest(memory);
    return rarity;
  }

  private void decode(StateReader in) {
    seen = in.readUnsigned();
    origin = in.readDouble();
    level = in.readDouble();
    variance = in.readDouble();
    run = in.readDouble();
    runVariance = in.readDouble();
    low = in.readDouble();
    high = in.readDouble();
    excess = in.readDouble();
    above = in.readBoolean();
    anomalous = in.readBoolean();
    anomalies = in.readByte();
    shapes.decodeLatest(in);
    beyond.decodeCounts(in);
    runs.decodeCounts(in);
    unlike.decodeCounts(in);
    reach.decodeCounts(in);
  }
}
