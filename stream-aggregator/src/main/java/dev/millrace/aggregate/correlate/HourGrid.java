package dev.millrace.aggregate.correlate;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;
import dev.millrace.schema.Tier;
import java.util.Arrays;

/**
 * The values of two hours in a row, by five minutes and series: of the one that is under way and,
 * while that waits for stragglers, of the next. Several values of one cell are its mean. Memory:
 * 192 bytes a series. One thread.
 */
final class HourGrid {
  static final int STEPS = (int) (Tier.ONE_HOUR.micros() / Tier.FIVE_MINUTES.micros());
  private static final int CELLS = 2 * STEPS;

  private float[] sums = new float[0];
  private float[] weights = new float[0];

  /** How many slots there are cells for. */
  int slots() {
    return sums.length / CELLS;
  }

  /**
   * Adds a value.
   *
   * @param step five minutes since the begin of the first hour
   */
  void add(int slot, int step, double value, double weight) {
    grow(slot + 1);
    sums[slot * CELLS + step] += (float) (value * weight);
    weights[slot * CELLS + step] += (float) weight;
  }

  private void grow(int slots) {
    if (slots > slots()) {
      sums = Arrays.copyOf(sums, slots * CELLS);
      weights = Arrays.copyOf(weights, slots * CELLS);
    }
  }

  /** The mean of a cell; NaN if nothing was added to it. */
  double value(int slot, int step) {
    var cell = slot * CELLS + step;
    return cell >= weights.length || weights[cell] == 0 ? Double.NaN : sums[cell] / weights[cell];
  }

  /** The mean of the first hour; NaN if less than half of it is there. */
  double hour(int slot) {
    var sum = 0.0;
    var count = 0;
    for (var step = 0; step < STEPS; step++) {
      var value = value(slot, step);
      if (!Double.isNaN(value)) {
        sum += value;
        count++;
      }
    }
    return count * 2 < STEPS ? Double.NaN : sum / count;
  }

  /** The next hour becomes the first. */
  void shift() {
    for (var begin = 0; begin < sums.length; begin += CELLS) {
      shift(sums, begin);
      shift(weights, begin);
    }
  }

  private static void shift(float[] cells, int begin) {
    System.arraycopy(cells, begin + STEPS, cells, begin, STEPS);
    Arrays.fill(cells, begin + STEPS, begin + CELLS, 0);
  }

  void forget(int slot) {
    if (slot < slots()) {
      Arrays.fill(sums, slot * CELLS, (slot + 1) * CELLS, 0);
      Arrays.fill(weights, slot * CELLS, (slot + 1) * CELLS, 0);
    }
  }

  void encode(StateWriter out) {
    out.writeUnsigned(slots());
    var before = -1;
    for (var cell = 0; cell < sums.length; cell++) {
      if (weights[cell] != 0) {
        out.writeUnsigned(cell - before);
        out.writeFloat(sums[cell]);
        out.writeFloat(weights[cell]);
        before = cell;
      }
    }
    out.writeUnsigned(0);
  }

  static HourGrid decode(StateReader in) {
    var grid = new HourGrid();
    grid.grow(in.readInt());
    var cell = -1;
    for (var skip = in.readInt(); skip > 0; skip = in.readInt()) {
      cell += skip;
      grid.sums[cell] = in.readFloat();
      grid.weights[cell] = in.readFloat();
    }
    return grid;
  }
}
