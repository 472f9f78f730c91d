package dev.millrace.aggregate.window;

import com.datadoghq.sketch.ddsketch.DDSketch;
import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;
import java.util.Arrays;

/**
 * Quantiles of a multiset of finite numbers, as PostgreSQL's {@code percentile_cont} has them:
 * between two values, a straight line.
 *
 * <p>Up to {@value #EXACT} values are kept as they are, so the answer is exact. Beyond that they
 * are counted in the bins of a DDSketch, and each value an answer rests on is off by at most 0.5 %
 * of itself. The bins reach over a ratio of about 10^8 between the largest and the smallest
 * magnitude of one sign; magnitudes below that share one bin.
 *
 * <p>The state is a function of the multiset alone: neither the order of adding nor of merging
 * shows, in answers or in bytes. Memory: 8 bytes a value (at most 512), then 8 bytes a bin in
 * blocks of 64 bins, at most 2,048 bins a sign. Not for use by several threads.
 */
public final class Quantiles {
  static final int EXACT = 64;
  private static final double MAX_VALUE = SketchBins.MAPPING.maxIndexableValue();
  private static final double[] NONE = {};
  private static final int FIRST_BLOCK = 4;

  private double[] values = NONE;
  private int size;
  private DDSketch sketch;

  /** Adds a finite number. */
  public void add(double value) {
    if (sketch != null) {
      sketch.accept(bounded(value));
    } else if (size < EXACT) {
      append(value);
    } else {
      toSketch();
      sketch.accept(bounded(value));
    }
  }

  /** Adds everything {@code other} holds, which stays as it is. */
  public void merge(Quantiles other) {
    if (other.sketch == null) {
      for (var i = 0; i < other.size; i++) {
        add(other.values[i]);
      }
      return;
    }
    if (sketch == null) {
      toSketch();
    }
    sketch.mergeWith(other.sketch);
  }

  public Quantiles copy() {
    var copy = new Quantiles();
    copy.values = Arrays.copyOf(values, size);
    copy.size = size;
    copy.sketch = sketch == null ? null : sketch.copy();
    return copy;
  }

  /**
   * The values at the given quantiles.
   *
   * @param min the smallest value added, by which answers are bounded
   * @param max the largest
   * @param quantiles ascending, each from 0 to 1
   * @return one a quantile; {@code NaN}s if nothing was added
   */
  public double[] at(double min, double max, double... quantiles) {
    var ranks = sketch == null ? exactRanks() : new SketchRanks(sketch);
    var answers = new double[quantiles.length];
    for (var i = 0; i < quantiles.length; i++) {
      var rank = quantiles[i] * (ranks.count() - 1);
      var below = ranks.value((long) rank);
      var above = ranks.value((long) Math.ceil(rank));
      var between = below + (above - below) * (rank - Math.floor(rank));
      answers[i] = Math.min(max, Math.max(min, between));
    }
    return answers;
  }

  /** Whether answers are exact. */
  boolean exact() {
    return sketch == null;
  }

  /** Writes the state. Public so that its bytes can be measured beside those of other sketches. */
  public void encode(StateWriter out) {
    out.writeBoolean(sketch != null);
    if (sketch == null) {
      sort();
      out.writeUnsigned(size);
      for (var i = 0; i < size; i++) {
        out.writeDouble(values[i]);
      }
      return;
    }
    SketchBins.encode(sketch, out);
  }

  static Quantiles decode(StateReader in) {
    var quantiles = new Quantiles();
    if (in.readBoolean()) {
      quantiles.sketch = SketchBins.decode(in);
      return quantiles;
    }
    quantiles.size = in.readInt();
    quantiles.values = new double[quantiles.size];
    for (var i = 0; i < quantiles.size; i++) {
      quantiles.values[i] = in.readDouble();
    }
    return quantiles;
  }

  private void append(double value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, Math.min(EXACT, Math.max(FIRST_BLOCK, size * 2)));
    }
    values[size++] = value;
  }

  private void toSketch() {
    sketch = SketchBins.empty();
    for (var i = 0; i < size; i++) {
      sketch.accept(bounded(values[i]));
    }
    values = NONE;
    size = 0;
  }

  /** The very largest doubles have no bin; what is counted for them is within 1 % all the same. */
  private static double bounded(double value) {
    return Math.max(-MAX_VALUE, Math.min(MAX_VALUE, value));
  }

  private void sort() {
    Arrays.sort(values, 0, size);
  }

  private Ranks exactRanks() {
    sort();
    return new Ranks() {
      @Override
      public long count() {
        return size;
      }

      @Override
      public double value(long rank) {
        return size == 0 ? Double.NaN : values[(int) rank];
      }
    };
  }
}
