package dev.millrace.aggregate.correlate;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;
import java.util.Arrays;

/**
 * What is kept of every two slots: for each lag the sum of the products of their values, how many
 * there were, and how it came together over blocks of time. All of it fades. Memory: 4 bytes a pair
 * and lag, and 20 a pair; n slots have n (n - 1) / 2 pairs. Pairs are named by the lower and the
 * higher slot. One thread.
 */
final class PairSums {
  private final int lags;

  /** Places of what is kept of a pair, behind its products by lag. */
  private final int count;

  private final int countSquares;
  private final int blockSquares;
  private final int markProduct;
  private final int markCount;
  private final int stride;

  /** By the higher slot: {@code stride} numbers for each lower one; null where there is no pair. */
  private float[][] rows = new float[0][];

  PairSums(Resolution resolution) {
    this.lags = resolution.lags();
    this.count = resolution.tried();
    this.countSquares = count + 1;
    this.blockSquares = count + 2;
    this.markProduct = count + 3;
    this.markCount = count + 4;
    this.stride = count + 5;
  }

  void grow(int slots) {
    if (slots > rows.length) {
      rows = Arrays.copyOf(rows, slots);
    }
  }

  /**
   * Adds a pair of values at every lag.
   *
   * @param past the latest values of both, the latest first
   * @param lowAt where those of the lower slot begin
   * @param highAt where those of the higher one do
   */
  void add(int low, int high, float[] past, int lowAt, int highAt) {
    if (rows[high] == null) {
      rows[high] = new float[high * stride];
    }
    var row = rows[high];
    var at = low * stride;
    var middle = at + lags;
    var lowNow = past[lowAt];
    var highNow = past[highAt];
    row[middle] += lowNow * highNow;
    for (var lag = 1; lag <= lags; lag++) {
      row[middle + lag] += past[lowAt + lag] * highNow;
      row[middle - lag] += lowNow * past[highAt + lag];
    }
    row[at + count]++;
    row[at + countSquares]++;
  }

  /** Lets everything so far weigh less. */
  void fade(double factor) {
    var once = (float) factor;
    var twice = (float) (factor * factor);
    for (var row : rows) {
      for (var at = 0; row != null && at < row.length; at += stride) {
        for (var i = 0; i < stride; i++) {
          row[at + i] *= i == countSquares || i == blockSquares ? twice : once;
        }
      }
    }
  }

  /**
   * Ends a block of time.
   *
   * @param means of the values by slot
   */
  void endBlock(double[] means) {
    for (var high = 1; high < rows.length; high++) {
      for (var low = 0; rows[high] != null && low < high; low++) {
        endBlock(rows[high], low * stride, means[low] * means[high]);
      }
    }
  }

  private void endBlock(float[] row, int at, double means) {
    var added = row[at + count] - row[at + markCount];
    if (added > 0) {
      var together = row[at + lags] - row[at + markProduct] - added * means;
      row[at + blockSquares] += (float) (together * together);
    }
    row[at + markProduct] = row[at + lags];
    row[at + markCount] = row[at + count];
  }

  void forget(int slot) {
    if (slot < rows.length) {
      rows[slot] = null;
    }
    for (var high = slot + 1; high < rows.length; high++) {
      if (rows[high] != null) {
        Arrays.fill(rows[high], slot * stride, (slot + 1) * stride, 0);
      }
    }
  }

  /** Pairs of values, recent ones weighing more. */
  double count(int low, int high) {
    return at(low, high, count);
  }

  /** The squares of their weights. */
  double countSquares(int low, int high) {
    return at(low, high, countSquares);
  }

  /** The squares of what the blocks of time came to at once, about the means. */
  double blockSquares(int low, int high) {
    return at(low, high, blockSquares);
  }

  /**
   * The products.
   *
   * @param lag by how many steps the higher slot follows; below 0, it leads
   */
  double product(int low, int high, int lag) {
    return at(low, high, lags + lag);
  }

  private double at(int low, int high, int place) {
    return high < rows.length && rows[high] != null ? rows[high][low * stride + place] : 0;
  }

  void encode(StateWriter out) {
    out.writeUnsigned(rows.length);
    for (var row : rows) {
      out.writeBoolean(row != null);
      for (var i = 0; row != null && i < row.length; i++) {
        out.writeFloat(row[i]);
      }
    }
  }

  static PairSums decode(StateReader in, Resolution resolution) {
    var sums = new PairSums(resolution);
    sums.grow(in.readInt());
    for (var high = 0; high < sums.rows.length; high++) {
      if (in.readBoolean()) {
        var row = new float[high * sums.stride];
        for (var i = 0; i < row.length; i++) {
          row[i] = in.readFloat();
        }
        sums.rows[high] = row;
      }
    }
    return sums;
  }
}
