package dev.millrace.bench.sketch;

import java.util.Arrays;
import java.util.List;

/** Counts for one sketch what {@link Finding} holds, window by window. Not for several threads. */
final class Tally {
  private final Sketch sketch;
  private final Worst added = new Worst();
  private final Worst merged = new Worst();
  private final Pairs again = new Pairs();
  private final Pairs stored = new Pairs();
  private final Pairs reordered = new Pairs();
  private final Pairs parted = new Pairs();
  private final Pairs partsReordered = new Pairs();
  private long bytes;
  private int windows;

  Tally(Sketch sketch) {
    this.sketch = sketch;
  }

  void observe(Trial trial) {
    var whole = Outcome.of(trial.added(sketch));
    var parts = Outcome.of(trial.merged(sketch));
    added.see(trial.exact(), whole.answers);
    merged.see(trial.exact(), parts.answers);
    again.see(whole, Outcome.of(trial.added(sketch)));
    stored.see(whole, Outcome.of(trial.addedAndStored(sketch)));
    reordered.see(whole, Outcome.of(trial.addedInAnotherOrder(sketch)));
    parted.see(whole, parts);
    partsReordered.see(parts, Outcome.of(trial.mergedInAnotherOrder(sketch)));
    bytes += whole.bytes.length;
    windows++;
  }

  Finding finding(DataSet data, int values) {
    return new Finding(
        data,
        values,
        windows,
        sketch,
        added.errors(),
        merged.errors(),
        (double) bytes / windows,
        again.differing(windows),
        stored.differing(windows),
        reordered.differing(windows),
        parted.differing(windows),
        partsReordered.differing(windows));
  }

  /** What a sketch gives away: first its answers, since asking may put its state in order. */
  private static final class Outcome {
    private final double[] answers;
    private final byte[] bytes;

    private Outcome(double[] answers, byte[] bytes) {
      this.answers = answers;
      this.bytes = bytes;
    }

    static Outcome of(Contender contender) {
      var asked = Accuracy.QUANTILES.stream().mapToDouble(Double::doubleValue).toArray();
      return new Outcome(contender.at(asked), contender.bytes());
    }
  }

  /** The largest errors so far. */
  private static final class Worst {
    private final double[] value = new double[Accuracy.QUANTILES.size()];
    private final double[] rank = new double[Accuracy.QUANTILES.size()];

    void see(Exact exact, double[] answers) {
      for (var i = 0; i < answers.length; i++) {
        var asked = Accuracy.QUANTILES.get(i);
        value[i] = Math.max(value[i], exact.valueError(asked, answers[i]));
        rank[i] = Math.max(rank[i], exact.rankError(asked, answers[i]));
      }
    }

    Finding.Errors errors() {
      return new Finding.Errors(listOf(value), listOf(rank));
    }

    private static List<Double> listOf(double... errors) {
      return Arrays.stream(errors).boxed().toList();
    }
  }

  /** How many pairs differed. */
  private static final class Pairs {
    private int answers;
    private int bytes;

    void see(Outcome one, Outcome other) {
      answers += Arrays.equals(one.answers, other.answers) ? 0 : 1;
      bytes += Arrays.equals(one.bytes, other.bytes) ? 0 : 1;
    }

    Finding.Differing differing(int windows) {
      return new Finding.Differing((double) answers / windows, (double) bytes / windows);
    }
  }
}
