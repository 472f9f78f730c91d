package dev.millrace.aggregate.correlate;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How the series of a group move together at one resolution.
 *
 * <p>Two values are a pair only where both series have every value the lags reach back to, so that
 * one count serves all lags. A step costs a multiplication a pair and lag. Pairs are named by the
 * lower and the higher slot. Not for use by several threads.
 */
final class Correlogram {
  private final Resolution resolution;
  private final PairSums pairs;

  /** By slot; null where there is none. */
  private Track[] tracks = new Track[0];

  Correlogram(Resolution resolution) {
    this(resolution, new PairSums(resolution));
  }

  private Correlogram(Resolution resolution, PairSums pairs) {
    this.resolution = resolution;
    this.pairs = pairs;
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
    if (values.length > tracks.length) {
      tracks = Arrays.copyOf(tracks, values.length);
      pairs.grow(values.length);
    }
    for (var slot = 0; slot < values.length; slot++) {
      if (tracks[slot] == null && !Double.isNaN(values[slot])) {
        tracks[slot] = new Track(resolution);
      }
      if (tracks[slot] != null) {
        tracks[slot].next(values[slot]);
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
          pairs.add(low, high, past, low * reach, high * reach);
        }
      }
    }
  }

  /** Lets everything so far weigh less. */
  void fade(double factor) {
    for (var track : tracks) {
      if (track != null) {
        track.fade(factor);
      }
    }
    pairs.fade(factor);
  }

  /** Ends a block of time; see {@link #steadiness}. */
  void endBlock() {
    pairs.endBlock(
        Arrays.stream(tracks).mapToDouble(track -> track == null ? 0 : track.mean()).toArray());
  }

  /** Forgets the series of a slot. */
  void forget(int slot) {
    if (slot < tracks.length) {
      tracks[slot] = null;
      pairs.forget(slot);
    }
  }

  /** Pairs of values of two series, recent ones weighing more. */
  double samples(int low, int high) {
    return pairs.count(low, high);
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
    var even = samples * samples / pairs.countSquares(low, high);
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
    var scale = scale(low, high);
    return scale == 0 ? 0 : Math.max(-1, Math.min(1, covariance(low, high, lag) / scale));
  }

  /**
   * The lag at which two series correlate most.
   *
   * @param lag this one, unless another shows more by the margin
   */
  int lag(int low, int high, int lag, double margin) {
    var best = lag;
    var most = Math.abs(covariance(low, high, lag)) + margin * scale(low, high);
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
    var squares = pairs.blockSquares(low, high);
    return squares == 0 ? 0 : Math.abs(covariance(low, high, lag)) / Math.sqrt(squares);
  }

  /** Sum of the products about the means. */
  private double covariance(int low, int high, int lag) {
    var samples = samples(low, high);
    return samples == 0
        ? 0
        : pairs.product(low, high, lag) - samples * tracks[low].mean() * tracks[high].mean();
  }

  /** What the covariance of two series that move as one would be. */
  private double scale(int low, int high) {
    var samples = samples(low, high);
    return samples == 0 ? 0 : samples * Math.sqrt(tracks[low].variance() * tracks[high].variance());
  }

  void encode(StateWriter out) {
    out.writeUnsigned(tracks.length);
    for (var track : tracks) {
      out.writeBoolean(track != null);
      if (track != null) {
        track.encode(out);
      }
    }
    pairs.encode(out);
  }

  static Correlogram decode(StateReader in, Resolution resolution) {
    var tracks = new Track[in.readInt()];
    for (var slot = 0; slot < tracks.length; slot++) {
      tracks[slot] = in.readBoolean() ? Track.decode(in, resolution) : null;
    }
    var read = new Correlogram(resolution, PairSums.decode(in, resolution));
    read.tracks = tracks;
    return read;
  }
}
