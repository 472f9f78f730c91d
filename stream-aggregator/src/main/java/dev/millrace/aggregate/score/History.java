package dev.millrace.aggregate.score;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;
import dev.millrace.schema.Scoring;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The overall scores of one scope at the ends of its last hours: as far back as the trends look
 * from any hour that may be scored again. 2 bytes an hour: 678 for a week before a week. Hours are
 * numbered since the epoch. Not for use by several threads.
 */
final class History {
  private static final short NONE = -1;
  private static final double UNIT = 0.01;

  private final short[] scores;
  private long newest = Long.MIN_VALUE;

  /** An empty one, of so many hours. */
  History(int hours) {
    scores = new short[hours];
    Arrays.fill(scores, NONE);
  }

  /** How many hours have to be known for the trends of so many. */
  static int reach(List<Scoring.Trend> trends, int hours) {
    return trends.stream().mapToInt(trend -> trend.hours() + trend.around()).max().orElse(0)
        + hours;
  }

  /** Notes what a score was when an hour ended; answers whether that is new. */
  boolean put(long hour, OptionalDouble overall) {
    if (hour > newest) {
      var skipped = newest == Long.MIN_VALUE ? scores.length : hour - newest;
      for (var i = 0; i < Math.min(skipped, scores.length); i++) {
        scores[place(hour - i)] = NONE;
      }
      newest = hour;
    }
    if (!reaches(hour)) {
      return false;
    }
    var score = overall.isPresent() ? (short) Math.round(overall.getAsDouble() / UNIT) : NONE;
    var place = place(hour);
    var changed = scores[place] != score;
    scores[place] = score;
    return changed;
  }

  private boolean reaches(long hour) {
    return newest != Long.MIN_VALUE && hour <= newest && hour > newest - scores.length;
  }

  private int place(long hour) {
    return Math.floorMod(hour, scores.length);
  }

  /** What a score of an hour is more, or less, than it was; empty while that is not known. */
  OptionalDouble trend(Scoring.Trend trend, long hour, OptionalDouble overall) {
    var known = new double[2 * trend.around() + 1];
    var count = 0;
    for (var back = trend.hours() - trend.around();
        back <= trend.hours() + trend.around();
        back++) {
      if (reaches(hour - back) && scores[place(hour - back)] != NONE) {
        known[count++] = scores[place(hour - back)] * UNIT;
      }
    }
    if (overall.isEmpty() || 2 * count <= known.length) {
      return OptionalDouble.empty();
    }
    Arrays.sort(known, 0, count);
    var median = (known[(count - 1) / 2] + known[count / 2]) / 2;
    return OptionalDouble.of(Math.round((overall.getAsDouble() - median) * 100) / 100.0);
  }

  void encode(StateWriter out) {
    out.writeFixedLong(newest);
    out.writeUnsigned(scores.length);
    for (var score : scores) {
      out.writeUnsigned(score - NONE);
    }
  }

  static History decode(StateReader in) {
    var newest = in.readFixedLong();
    var history = new History(in.readInt());
    history.newest = newest;
    for (var i = 0; i < history.scores.length; i++) {
      history.scores[i] = (short) (in.readInt() + NONE);
    }
    return history;
  }
}
