package dev.millrace.aggregate.correlate;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;
import dev.millrace.schema.Tier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntPredicate;

/**
 * The correlations of a group that hold, at most {@link #MAX}. All pairs are looked at together: of
 * a group of independent series, so seldom is one taken for correlated at one look that it is a
 * chance of {@link #CHANCE}, whatever the number of its pairs and lags. One thread.
 */
final class Discoveries {
  static final int MAX = 256;
  static final double CHANCE = 1e-4;
  private static final long VALIDATE_EVERY = Tier.ONE_DAY.micros();

  private final SeriesTable series;
  private final Correlogram fine;
  private final Correlogram coarse;
  private final Map<Integer, Discovery> found = new TreeMap<>();

  Discoveries(SeriesTable series, Correlogram fine, Correlogram coarse) {
    this.series = series;
    this.fine = fine;
    this.coarse = coarse;
  }

  /** What may be a new discovery. */
  private record New(int low, int high, Candidate shown) {
    static final Comparator<New> STRONGEST_FIRST =
        Comparator.<New>comparingDouble(each -> -each.shown().sigmas())
            .thenComparing(New::high)
            .thenComparing(New::low);
  }

  /**
   * Looks at all pairs.
   *
   * @param now end of the data, microseconds since the epoch
   * @param speaks whether the series of a slot has been heard of lately
   */
  void look(long now, IntPredicate speaks, GroupListener out) {
    var critical = Significance.critical(CHANCE, tried());
    var fresh = new ArrayList<New>();
    for (var high = 1; high < series.size(); high++) {
      for (var low = 0; low < high && speaks.test(high); low++) {
        if (series.isPair(low, high) && speaks.test(low)) {
          look(low, high, critical, now, out).ifPresent(fresh::add);
        }
      }
    }
    fresh.sort(New.STRONGEST_FIRST);
    fresh.stream().limit(MAX - found.size()).forEach(each -> discover(each, now, out));
  }

  private long tried() {
    var pairs = 0L;
    for (var high = 1; high < series.size(); high++) {
      for (var low = 0; low < high; low++) {
        pairs += series.isPair(low, high) ? 1 : 0;
      }
    }
    return pairs * (fine.resolution().tried() + coarse.resolution().tried());
  }

  private Optional<New> look(int low, int high, double critical, long now, GroupListener out) {
    var known = found.get(pair(low, high));
    if (known != null && stays(known, critical, now, out)) {
      return Optional.empty();
    }
    var shown = Candidate.at(fine, low, high, 0);
    if (!shown.isFound(critical)) {
      shown = Candidate.at(coarse, low, high, 0);
    }
    return shown.isFound(critical) ? Optional.of(new New(low, high, shown)) : Optional.empty();
  }

  /** Whether a discovery still holds; says so once a day, or that it does not. */
  private boolean stays(Discovery known, double critical, long now, GroupListener out) {
    var shown = shown(known);
    var holds = shown.holds(critical);
    if (!holds) {
      var other = at(known, !known.isFine(), 0);
      holds = other.isFound(critical);
      shown = holds ? other : shown;
    }
    if (!holds || known.isTurnedBy(shown)) {
      giveUp(known, out);
      return false;
    }
    known.seen(shown);
    if (now - known.validated() >= VALIDATE_EVERY) {
      known.validate(now);
      out.found(known.finding(series, shown, true));
    }
    return true;
  }

  private Candidate shown(Discovery known) {
    return at(known, known.isFine(), known.lag());
  }

  private Candidate at(Discovery known, boolean inSteps, int lag) {
    return Candidate.at(inSteps ? fine : coarse, known.low(), known.high(), lag);
  }

  private void discover(New each, long now, GroupListener out) {
    var low = each.low();
    var high = each.high();
    var lag = each.shown().lag();
    var byName = series.name(low).compareTo(series.name(high)) < 0;
    var discovery = new Discovery(low, high, lag == 0 ? byName : lag > 0, now);
    discovery.seen(each.shown());
    discovery.validate(now);
    found.put(pair(low, high), discovery);
    out.found(discovery.finding(series, each.shown(), true));
  }

  private void giveUp(Discovery known, GroupListener out) {
    found.remove(pair(known.low(), known.high()));
    out.found(known.finding(series, shown(known), false));
  }

  /** Gives up the correlations of a slot that is to be forgotten. */
  void giveUp(int slot, GroupListener out) {
    List.copyOf(found.values()).stream()
        .filter(each -> each.isOf(slot))
        .forEach(each -> giveUp(each, out));
  }

  private static int pair(int low, int high) {
    return high * (high - 1) / 2 + low;
  }

  void encode(StateWriter out) {
    out.writeUnsigned(found.size());
    found.values().forEach(each -> each.encode(out));
  }

  void decode(StateReader in) {
    var count = in.readInt();
    for (var i = 0; i < count; i++) {
      var each = Discovery.decode(in);
      found.put(pair(each.low(), each.high()), each);
    }
  }
}
