package dev.millrace.aggregate.learn;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;
import dev.millrace.schema.Tier;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Tallies of incidents by the day they began on, and which days have been evaluated. A day is, over
 * itself and those before it, once event time is an hour past its end; days on which nothing came
 * are evaluated when something does. Memory: 100 bytes a day, of {@link #MOST_DAYS} at most. One
 * thread; times are microseconds since the epoch.
 */
public final class Ledger {
  private static final long DAY = Tier.ONE_DAY.micros();
  private static final long GRACE = Tier.ONE_HOUR.micros();
  private static final int MOST_DAYS = 400;
  private static final long NONE = Integer.MIN_VALUE;

  /**
   * What a day came to.
   *
   * @param end end of the day
   * @param tally of it and the days before it
   */
  public record Evaluation(long end, Tally tally) {}

  private final int days;
  private final TreeMap<Long, Tally> tallies = new TreeMap<>();
  private long next = NONE;

  /**
   * An empty one.
   *
   * @param days how many an evaluation is over
   */
  public Ledger(int days) {
    this.days = days;
  }

  /** Adds to the day that a time is of; one that no evaluation to come is over is left out. */
  public void add(long micros, Tally tally) {
    var day = Math.floorDiv(micros, DAY);
    var wanted = next == NONE || day > next - days;
    if (wanted && (tallies.size() < MOST_DAYS || tallies.containsKey(day))) {
      tallies.merge(day, tally, Tally::plus);
    }
  }

  /** The days that are over when it is so late. */
  public List<Evaluation> pass(long micros) {
    var today = Math.floorDiv(micros - GRACE, DAY);
    next = next == NONE ? Math.floorDiv(micros, DAY) : Math.max(next, today - days);
    var over = new ArrayList<Evaluation>();
    for (; next < today; next++) {
      over.add(new Evaluation((next + 1) * DAY, before(next)));
    }
    tallies.headMap(next - days, true).clear();
    return over;
  }

  private Tally before(long day) {
    return tallies.subMap(day - days, false, day, true).values().stream()
        .reduce(Tally.NONE, Tally::plus);
  }

  public void encode(StateWriter out) {
    out.writeLong(next);
    out.writeUnsigned(tallies.size());
    tallies.forEach(
        (day, tally) -> {
          out.writeLong(day);
          tally.encode(out);
        });
  }

  public static Ledger decode(StateReader in, int days) {
    var ledger = new Ledger(days);
    ledger.next = in.readLong();
    var count = in.readInt();
    for (var i = 0; i < count; i++) {
      ledger.tallies.put(in.readLong(), Tally.decode(in));
    }
    return ledger;
  }
}
