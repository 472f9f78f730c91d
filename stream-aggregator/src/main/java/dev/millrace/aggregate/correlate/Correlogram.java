package dev.millrace.aggregate.correlate;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How the series of a group move together at one resolution: for each two of them and each lag the
 * sum of their products, fading with time.
 *
 * <p>Two values are a pair only where both series have every value the lags reach back to, so that
 * one count serves all lags. Memory: 4 bytes a pair and lag, and 20 a pair; n series have n (n - 1)
 * / 2 pairs. A step costs a multiplication a pair and lag. Not for use by several threads.
 */
final class Correlogram {
  private final Resolution resolution;

  /** Places of what is kept of a pair, behind its products by lag. */
  private final int count;

  private final int countSquares;
  private final int blocks;
  private final int markProduct;
  private final int markCount;
  private final int stride;

  /** By slot; null where there is none. */
  private Track[] tracks = new Track[0];

  /** By the higher slot of a pair: {@code stride} numbers for each lower one. */
  private float[][] pairs = new float[0][];

  Correlogram(Resolution resolution) {
    this.resolution = resolution;
    this.count = resolution.tried();
    this.countSquares = count + 1;
    this.blocks = count + 2;
    this.markProduct = count + 3;
    this.markCount = count + 4;
    this.stride = count + 5;
  }

  Resolution resolution() {
    return resolution;
  }

  /**
   * Takes one step of all series.
   *
   * @param values by slot; NaN where a series has no value, or a slot no series
   * @param kin by slot; those of one kin are not compared
   */
  void add(double[] values, int[] kin) {
    grow(values.length);
    for (var slot = 0; slot < values.length; slot++) {
      if (tracks[slot] != null || !Double.isNaN(values[slot])) {
        track(slot).next(values[slot]);
      }
    }
    addPairs(unbroken(values.length), kin);
  }

  private int[] unbroken(int slots) {
    return IntStream.range(0, slots)
        .filter(slot -> tracks[slot] != null && tracks[slot].isUnbroken())
        .toArray();
  }

  private void addPairs(int[] slots, int[] kin) {
    var reach = resolution.lags() + 1;
    var past = new float[tracks.length * reach];
    for (var slot : slots) {
      tracks[slot].copy(past, slot * reach, reach);
    }
    for (var i = 1; i < slots.length; i++) {
      var high = slots[i];
      for (var j = 0; j < i; j++) {
        var low = slots[j];
        if (kin[low] != kin[high]) {
          addPair(row(high), low * stride, past, low * reach, high * reach);
        }
      }
    }
  }

  private void addPair(float[] row, int at, float[] past, int low, int high) {
    var lags = resolution.lags();
    var middle = at + lags;
    var lowNow = past[low];
    var highNow = past[high];
    row[middle] += lowNow * highNow;
    for (var lag = 1; lag <= lags; lag++) {
      row[middle + lag] += past[low + lag] * highNow;
      row[middle - lag] += lowNow * past[high + lag];
    }
    row[at + count]++;
    row[at + countSquares]++;
  }

  private Track track(int slot) {
    if (tracks[slot] == null) {
      tracks[slot] = new Track(resolution);
    }
    return tracks[slot];
  }

  private float[] row(int high) {
    if (pairs[high] == null) {
      pairs[high] = new float[high * stride];
    }
    return pairs[high];
  }

  private void grow(int slots) {
    if (slots > tracks.length) {
      tracks = Arrays.copyOf(tracks, slots);
      pairs = Arrays.copyOf(pairs, slots);
    }
  }

  /** Lets everything so far weigh less. */
  void fade(double factor) {
    for (var slot = 0; slot < tracks.length; slot++) {
      if (tracks[slot] != null) {
        tracks[slot].fade(factor);
      }
      fade(pairs[slot], factor);
    }
  }

  private void fade(float[] row, double factor) {
    if (row == null) {
      return;
    }
    var once = (float) factor;
    var twice = (float) (factor * factor);
    for (var at = 0; at < row.length; at += stride) {
      for (var i = 0; i < stride; i++) {
        row[at + i] *= i == countSquares || i == blocks ? twice : once;
      }
    }
  }

  /** Ends a block of time; see {@link #steadiness}. */
  void endBlock() {
    for (var high = 1; high < pairs.length; high++) {
      for (var low = 0; pairs[high] != null && low < high; low++) {
        endBlock(pairs[high], low, high);
      }
    }
  }

  private void endBlock(float[] row, int low, int high) {
    var at = low * stride;
    var added = row[at + count] - row[at + markCount];
    if (added > 0) {
      var product = row[at + resolution.lags()] - row[at + markProduct];
      var about = product - added * tracks[low].mean() * tracks[high].mean();
      row[at + blocks] += (float) (about * about);
    }
    row[at + markProduct] = row[at + resolution.lags()];
    row[at + markCount] = row[at + count];
  }

  /** Forgets the series of a slot. */
  void forget(int slot) {
    if (slot >= tracks.length) {
      return;
    }
    tracks[slot] = null;
    pairs[slot] = null;
    for (var high = slot + 1; high < tracks.length; high++) {
      if (pairs[high] != null) {
        Arrays.fill(pairs[high], slot * stride, (slot + 1) * stride, 0);
      }
    }
  }

  /** Pairs of values of two series, recent ones weighing more; the first slot is the lower one. */
  double samples(int low, int high) {
    return high < pairs.length && pairs[high] != null ? pairs[high][low * stride + count] : 0;
  }

  /**
   * How many independent pairs of values would say as much. Weights that differ say less (Kish), as
   * do series that resemble their own past (Bartlett, Quenouille), and those that seldom move.
   * Beyond the steps that are remembered, likeness is taken to go on falling as it has to there.
   */
  double effectiveSamples(int low, int high) {
    var samples = samples(low, high);
    if (samples == 0) {
      return 0;
    }
    var one = tracks[low];
    var other = tracks[high];
    var even = samples * samples / pairs[high][low * stride + countSquares];
    var moved = even * Math.min(one.participation(), other.participation());
    var alike = 0.0;
    var both = 0.0;
    for (var k = 1; k <= resolution.memory(); k++) {
      both = one.autocorrelation(k) * other.autocorrelation(k);
      alike += both;
    }
    return moved / Math.max(1, 1 + 2 * (alike + beyond(both)));
  }

  private double beyond(double last) {
    if (last <= 0) {
      return 0;
    }
    var ratio = Math.pow(last, 1.0 / resolution.memory());
    return last * ratio / (1 - Math.min(ratio, 1 - 1e-6));
  }

  /**
   * Pearson's correlation of two series, -1 to 1.
   *
   * @param lag by how many steps the series of the higher slot follows; below 0, it leads
   */
  double correlation(int low, int high, int lag) {
    var scale = Math.sqrt(variance(low) * variance(high));
    return scale == 0 || samples(low, high) == 0
        ? 0
        : Math.max(-1, Math.min(1, covariance(low, high, lag) / samples(low, high) / scale));
  }

  /**
   * The lag at which two series correlate most.
   *
   * @param lag this one, unless another shows more by the margin
   */
  int lag(int low, int high, int lag, double margin) {
    var samples = samples(low, high);
    var scale = Math.sqrt(variance(low) * variance(high));
    if (samples == 0 || scale == 0) {
      return lag;
    }
    var best = lag;
    var most = Math.abs(covariance(low, high, lag)) + margin * samples * scale;
    for (var other = -resolution.lags(); other <= resolution.lags(); other++) {
      var size = Math.abs(covariance(low, high, other));
      if (size > most) {
        most = size;
        best = other;
      }
    }
    return best;
  }

  /**
   * In how many blocks of time two series have moved together, as its root: in n alike, √n; however
   * many there are, 1 if it was in one of them, as in an incident that lasted hours. Of independent
   * series, about as many sigmas as their correlation has.
   */
  double steadiness(int low, int high, int lag) {
    var squares = samples(low, high) == 0 ? 0 : pairs[high][low * stride + blocks];
    return squares == 0 ? 0 : Math.abs(covariance(low, high, lag)) / Math.sqrt(squares);
  }

  private double covariance(int low, int high, int lag) {
    var product = pairs[high][low * stride + resolution.lags() + lag];
    return product - samples(low, high) * tracks[low].mean() * tracks[high].mean();
  }

  private double variance(int slot) {
    return slot < tracks.length && tracks[slot] != null ? tracks[slot].variance() : 0;
  }

  void encode(StateWriter out) {
    out.writeUnsigned(tracks.length);
    for (var slot = 0; slot < tracks.length; slot++) {
      out.writeBoolean(tracks[slot] != null);
      if (tracks[slot] != null) {
        tracks[slot].encode(out);
      }
      out.writeBoolean(pairs[slot] != null);
      if (pairs[slot] != null) {
        for (var sum : pairs[slot]) {
          out.writeFloat(sum);
        }
      }
    }
  }

  static Correlogram decode(StateReader in, Resolution resolution) {
    var read = new Correlogram(resolution);
    read.grow(in.readInt());
    for (var slot = 0; slot < read.tracks.length; slot++) {
      if (in.readBoolean()) {
        read.tracks[slot] = Track.decode(in, resolution);
      }
      if (in.readBoolean()) {
        var row = read.row(slot);
        for (var i = 0; i < row.length; i++) {
          row[i] = in.readFloat();
        }
      }
    }
    return read;
  }
}
