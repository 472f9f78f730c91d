package dev.millrace.aggregate.rarity;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;

/**
 * How unlike everything remembered the latest values of a series are, taken together: the distance
 * to the nearest of a few stretches of its past (k nearest neighbours, as conformal detectors have
 * it). A stretch in a hundred takes the place of a remembered one, chosen by a generator whose
 * state is part of this one: replayed, it does the same.
 *
 * <p>About 600 bytes; a value costs 128 multiplications. Not for use by several threads.
 */
final class Shapes {
  private static final int LENGTH = 8;
  private static final int REMEMBERED = 16;

  /** With fewer remembered, everything is unlike. */
  private static final int ENOUGH = 5;

  private static final int REPLACE_ONE_IN = 100;

  /** Squares of larger numbers, summed, would not fit a float. */
  private static final double LARGEST = 1e18;

  /** Knuth's generator for MMIX; its upper bits are used. */
  private static final long MULTIPLIER = 6364136223846793005L;

  private static final long INCREMENT = 1442695040888963407L;
  private static final int UPPER = 33;

  private final float[] latest = new float[LENGTH];
  private final float[] remembered = new float[REMEMBERED * LENGTH];
  private int next;
  private int filled;
  private int kept;
  private long random = 1;
  private boolean rememberedChanged;

  /**
   * Adds a value.
   *
   * @param value relative to a fixed origin near the series' own values, where floats are fine
   * @return root mean square distance of the latest {@value #LENGTH} values to the two most like
   *     them, averaged; 0 while too little is remembered
   */
  double add(double value) {
    latest[next] = (float) Math.max(-LARGEST, Math.min(LARGEST, value));
    next = next + 1 == LENGTH ? 0 : next + 1;
    if (filled + 1 < LENGTH) {
      filled++;
      return 0;
    }
    var distance = kept >= ENOUGH ? distance() : 0;
    if (kept < REMEMBERED) {
      remember(kept++);
    } else if (random(REPLACE_ONE_IN) == 0) {
      remember(random(REMEMBERED));
    }
    return distance;
  }

  private double distance() {
    var nearest = Float.MAX_VALUE;
    var second = Float.MAX_VALUE;
    for (var stretch = 0; stretch < kept; stretch++) {
      var squares = squares(stretch * LENGTH);
      if (squares < nearest) {
        second = nearest;
        nearest = squares;
      } else if (squares < second) {
        second = squares;
      }
    }
    return (Math.sqrt(nearest / LENGTH) + Math.sqrt(second / LENGTH)) / 2;
  }

  private float squares(int stretch) {
    var sum = 0f;
    var place = stretch;
    for (var i = next; i < LENGTH; i++) {
      var apart = latest[i] - remembered[place++];
      sum += apart * apart;
    }
    for (var i = 0; i < next; i++) {
      var apart = latest[i] - remembered[place++];
      sum += apart * apart;
    }
    return sum;
  }

  private void remember(int stretch) {
    rememberedChanged = true;
    for (var i = 0; i < LENGTH; i++) {
      remembered[stretch * LENGTH + i] = latest[(next + i) % LENGTH];
    }
  }

  private int random(int bound) {
    random = random * MULTIPLIER + INCREMENT;
    return (int) ((random >>> UPPER) % bound);
  }

  /** Whether other stretches are remembered than when they were last encoded. */
  boolean rememberedChanged() {
    return rememberedChanged;
  }

  /** What changes with every value. */
  void encodeLatest(StateWriter out) {
    for (var value : latest) {
      out.writeFloat(value);
    }
    out.writeByte(next);
    out.writeByte(filled);
    out.writeFixedLong(random);
  }

  void decodeLatest(StateReader in) {
    for (var i = 0; i < LENGTH; i++) {
      latest[i] = in.readFloat();
    }
    next = in.readByte();
    filled = in.readByte();
    random = in.readFixedLong();
  }

  /** What seldom changes. */
  void encodeRemembered(StateWriter out) {
    out.writeByte(kept);
    for (var i = 0; i < kept * LENGTH; i++) {
      out.writeFloat(remembered[i]);
    }
    rememberedChanged = false;
  }

  void decodeRemembered(StateReader in) {
    kept = in.readByte();
    for (var i = 0; i < kept * LENGTH; i++) {
      remembered[i] = in.readFloat();
    }
    rememberedChanged = false;
  }
}
