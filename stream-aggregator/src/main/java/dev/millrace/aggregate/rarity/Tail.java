package dev.millrace.aggregate.rarity;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;
import java.util.Arrays;

/**
 * How rare a size is among those seen, in powers of ten: 3 is one in a thousand. Sizes are not
 * negative, and near 1 where they are usual.
 *
 * <p>Below the largest few, the empirical distribution in steps of half an octave; beyond them an
 * exponential tail through their mean excess (Pickands, Balkema and de Haan: the simplest
 * generalised Pareto), so that what was never seen is told apart by how far out it is. The past is
 * halved each {@value #MOST} sizes, and so forgotten in a few times as many.
 *
 * <p>About 180 bytes; not for use by several threads.
 */
final class Tail {
  /** However far out: one in ten thousand million. */
  static final double RAREST = 10;

  /** With fewer sizes seen, nothing is rare. */
  static final int WARM_UP = 50;

  private static final int MOST = 20_000;
  private static final int BINS = 32;
  private static final int LARGEST = 12;

  /** Half octaves of floats below the first bin, which begins at 2^-7. */
  private static final int FIRST = (127 - 7) << 1;

  private static final int HALF_OCTAVE = 22;

  /** Least mean excess, as a share of where the tail begins: what hardly differs is not rarer. */
  private static final double LEAST_EXCESS = 0.02;

  private static final double LEAST_SIZE = 1e-6;
  private static final double LOG10_E = Math.log10(Math.E);

  private final char[] counts = new char[BINS];
  private final float[] largest = new float[LARGEST];
  private int kept;
  private int seen;
  private double asked;
  private double rarity;
  private boolean largestChanged;

  /** Asks how rare a size is. */
  void ask(double size) {
    asked = size;
    rarity = seen < WARM_UP ? 0 : Math.min(RAREST, Math.max(0, of(size)));
  }

  /** How rare the size last asked about is, from 0 to {@value #RAREST}. */
  double rarity() {
    return rarity;
  }

  private double of(double size) {
    return kept == LARGEST && size > largest[0] ? beyond(size) : -Math.log10(shareAbove(size));
  }

  private double beyond(double size) {
    var begin = largest[0];
    var sum = 0.0;
    for (var each : largest) {
      sum += each - begin;
    }
    var excess = Math.max(sum / LARGEST, LEAST_SIZE + LEAST_EXCESS * begin);
    return Math.log10((double) seen / LARGEST) + (size - begin) / excess * LOG10_E;
  }

  private double shareAbove(double size) {
    var bin = bin((float) size);
    var above = counts[bin] / 2.0;
    for (var i = bin + 1; i < BINS; i++) {
      above += counts[i];
    }
    return (above + 0.5) / (seen + 1);
  }

  /** Counts the size last asked about. */
  void learn() {
    var counted = (float) asked;
    counts[bin(counted)]++;
    seen++;
    if (kept < LARGEST) {
      insert(counted, kept++);
    } else if (counted > largest[0]) {
      largest[0] = counted;
      insert(counted, 0);
    }
    if (seen >= MOST) {
      forgetHalf();
    }
  }

  /** Puts a size into the place it belongs to; those before {@code kept} are ascending. */
  private void insert(float size, int from) {
    largestChanged = true;
    var place = from;
    while (place > 0 && largest[place - 1] > size) {
      largest[place] = largest[--place];
    }
    while (place + 1 < kept && largest[place + 1] < size) {
      largest[place] = largest[++place];
    }
    largest[place] = size;
  }

  private void forgetHalf() {
    seen = 0;
    for (var i = 0; i < BINS; i++) {
      counts[i] = (char) (counts[i] / 2);
      seen += counts[i];
    }
    for (var i = 0; i < LARGEST / 2; i++) {
      largest[i] = largest[2 * i + 1];
    }
    kept = LARGEST / 2;
    Arrays.fill(largest, kept, LARGEST, 0);
    largestChanged = true;
  }

  private static int bin(float size) {
    return Math.max(0, Math.min(BINS - 1, (Float.floatToRawIntBits(size) >> HALF_OCTAVE) - FIRST));
  }

  /** Whether the largest sizes are others than when they were last encoded. */
  boolean largestChanged() {
    return largestChanged;
  }

  /** What changes with every size. */
  void encodeCounts(StateWriter out) {
    for (var count : counts) {
      out.writeUnsigned(count);
    }
  }

  void decodeCounts(StateReader in) {
    seen = 0;
    for (var i = 0; i < BINS; i++) {
      counts[i] = (char) in.readInt();
      seen += counts[i];
    }
  }

  /** What seldom changes. */
  void encodeLargest(StateWriter out) {
    out.writeByte(kept);
    for (var i = 0; i < kept; i++) {
      out.writeFloat(largest[i]);
    }
    largestChanged = false;
  }

  void decodeLargest(StateReader in) {
    kept = in.readByte();
    for (var i = 0; i < kept; i++) {
      largest[i] = in.readFloat();
    }
    largestChanged = false;
  }
}
