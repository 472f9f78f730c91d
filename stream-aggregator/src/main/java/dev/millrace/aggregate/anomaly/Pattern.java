package dev.millrace.aggregate.anomaly;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;

/**
 * What the latest windows of a series look like: flat, swinging from side to side, or creeping
 * away. Counts only, some 40 bytes. Not for use by several threads.
 */
final class Pattern {
  /** A step smaller than this share of a usual one is none. */
  private static final double NO_STEP = 1e-3;

  /** Of usual steps: a half-life of some 300 windows. */
  private static final double LONG = 0.0023;

  /** A flat stretch of a length that was seen is forgotten by half in some 20,000 windows. */
  private static final double FORGET_FLAT = 1 - 3.5e-5;

  /** A flatline is this many times longer than any flat stretch before it. */
  private static final int LONGER = 4;

  /** Windows in which the other side must be reached to be a swing. */
  private static final int SWING = 8;

  /** A run has left normal when it is this many standard deviations away. */
  private static final double AWAY = 0.5;

  /** A silence of a length that was seen is forgotten by half in some 2,000 windows. */
  private static final double FORGET_GAP = 1 - 3.5e-4;

  private double last = Double.NaN;
  private double longestGap;
  private double usualStep;
  private double longestFlat;
  private int flat;
  private int side;
  private int sinceSide;
  private int alternations;
  private int away;

  /** Is told how long after the window before the next one began, in microseconds. */
  void gap(long micros) {
    longestGap = Math.max((double) micros, longestGap * FORGET_GAP);
  }

  /** The longest of the latest times from one window to the next, in microseconds. */
  double longestGap() {
    return longestGap;
  }

  /**
   * Adds a window.
   *
   * @param sigma its deviation in standard deviations; 0 if nothing is expected of it
   * @param beyond deviations up to this many sigma are to no side
   * @param run moving mean of residuals, in standard deviations
   */
  void add(double value, double sigma, double beyond, double run) {
    step(value);
    swing(sigma, beyond);
    away = Math.abs(run) < AWAY ? 0 : away + 1;
  }

  private void step(double value) {
    var step = Double.isNaN(last) ? 0 : Math.abs(value - last);
    longestFlat *= FORGET_FLAT;
    if (step <= NO_STEP * usualStep) {
      flat++;
    } else {
      longestFlat = Math.max(longestFlat, flat);
      flat = 0;
    }
    usualStep += LONG * (step - usualStep);
    last = value;
  }

  private void swing(double sigma, double beyond) {
    sinceSide++;
    if (sinceSide > SWING) {
      alternations = 0;
    }
    if (Math.abs(sigma) > beyond) {
      var now = sigma > 0 ? 1 : -1;
      if (now == -side && sinceSide <= SWING) {
        alternations++;
      }
      side = now;
      sinceSide = 0;
    }
  }

  /** Whether it has been flat for at least so many windows, and far longer than ever. */
  boolean isFlat(int least) {
    return least > 0 && flat >= least && flat > LONGER * longestFlat && usualStep > 0;
  }

  /** How often it has gone from one side to the other, without a pause. */
  int alternations() {
    return alternations;
  }

  /** Windows since the run of residuals was last near what is expected. */
  int away() {
    return away;
  }

  double last() {
    return last;
  }

  void encode(StateWriter out) {
    out.writeDouble(last);
    out.writeDouble(usualStep);
    out.writeDouble(longestFlat);
    out.writeDouble(longestGap);
    out.writeUnsigned(flat);
    out.writeByte(side);
    out.writeUnsigned(sinceSide);
    out.writeUnsigned(alternations);
    out.writeUnsigned(away);
  }

  static Pattern decode(StateReader in) {
    var pattern = new Pattern();
    pattern.last = in.readDouble();
    pattern.usualStep = in.readDouble();
    pattern.longestFlat = in.readDouble();
    pattern.longestGap = in.readDouble();
    pattern.flat = in.readInt();
    pattern.side = in.readByte();
    pattern.sinceSide = in.readInt();
    pattern.alternations = in.readInt();
    pattern.away = in.readInt();
    return pattern;
  }
}
