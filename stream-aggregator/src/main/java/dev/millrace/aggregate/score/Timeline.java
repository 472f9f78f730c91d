package dev.millrace.aggregate.score;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;
import dev.millrace.schema.Scoring;
import dev.millrace.schema.Tier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * When one scope is scored: at the end of each hour, and at the latest moment within each hour that
 * was called for in between. What is noted of the past has the moments scored again that it matters
 * to; so what is published in the end does not depend on the order in which things come.
 *
 * <p>An hour may be scored again until nothing of it has come for three hours of the wall clock,
 * and until it is a week behind the newest; then it has <em>settled</em>, and what comes for it is
 * late. The newest two never settle. So some five hours are known, some 60 bytes each, and 168 at
 * most, while a backlog is read; beside them the {@link History}. Hours are numbered since the
 * epoch. Not for use by several threads.
 */
public final class Timeline {
  /** As many hours as raw topics keep: a reset has nothing older to read. */
  static final int MOST_HOURS = 168;

  static final long QUIET_MS = Duration.ofHours(3).toMillis();

  private static final int NEWEST = 2;
  private static final long NONE_SETTLED = Long.MIN_VALUE;

  private final TreeMap<Long, ScoredHour> hours = new TreeMap<>();
  private final History history;
  private long settled = NONE_SETTLED;
  private long touchedMs;

  private Timeline(History history) {
    this.history = history;
  }

  /** An empty one. */
  public Timeline(List<Scoring.Trend> trends) {
    this(new History(History.reach(trends, MOST_HOURS + 1)));
  }

  /** The hour a time falls in. */
  public static long hour(long micros) {
    return Math.floorDiv(micros, Tier.ONE_HOUR.micros());
  }

  /** When an hour begins, in microseconds since the epoch. */
  public static long hourBegin(long hour) {
    return hour * Tier.ONE_HOUR.micros();
  }

  /** Whether a time is the end, or begin, of an hour. */
  public static boolean isHour(long micros) {
    return hourBegin(hour(micros)) == micros;
  }

  /** Something has come, whatever it was. */
  public void touch(long nowMs) {
    touchedMs = nowMs;
  }

  /** When something last came, by the wall clock. */
  public long touchedMs() {
    return touchedMs;
  }

  /** Whether moments of an hour may still be scored. */
  public boolean isOpen(long hour) {
    return hour > settled && (hours.isEmpty() || hour > hours.lastKey() - MOST_HOURS);
  }

  /**
   * Calls for a score of a moment of an open hour. Within an hour, a later one takes the place of
   * an earlier one, which keeps the score it has.
   */
  public void call(long micros, long nowMs, long dueMs) {
    hours.computeIfAbsent(hour(micros), none -> new ScoredHour()).call(micros, nowMs, dueMs);
  }

  /** What holds for the moments of an hour and of the next one has changed. */
  public void changed(long hour, long dueMs) {
    due(hours.subMap(hour, true, hour + 1, true), dueMs);
  }

  /** What holds from an hour on has changed. */
  public void changedSince(long hour, long dueMs) {
    due(hours.tailMap(hour, true), dueMs);
  }

  private static void due(Map<Long, ScoredHour> changed, long dueMs) {
    changed.values().forEach(hour -> hour.moments().forEach(moment -> moment.due(dueMs)));
  }

  /** Whether any moment waits to be scored. */
  public boolean waits() {
    return hours.values().stream().anyMatch(ScoredHour::waits);
  }

  /** The first moment that is due. */
  public Optional<Moment> nextDue(long nowMs) {
    return hours.values().stream()
        .flatMap(hour -> hour.moments().stream())
        .filter(moment -> moment.isDue(nowMs))
        .findFirst();
  }

  /** Keeps the overall score of the end of an hour; the trends that look back at it are due. */
  public void keep(Moment moment, OptionalDouble overall, List<Scoring.Trend> trends) {
    if (moment.isHour() && history.put(moment.hour(), overall)) {
      for (var trend : trends) {
        var first = moment.hour() + trend.hours() - trend.around();
        due(hours.subMap(first, true, first + 2L * trend.around(), true), 0);
      }
    }
  }

  /** How much a score is above what it was. */
  public OptionalDouble trend(Scoring.Trend trend, Moment moment, OptionalDouble overall) {
    return history.trend(trend, moment.hour(), overall);
  }

  /** Has those scored at once that wait in hours which are to settle for being too many. */
  public boolean hurry() {
    var leaving = hours.isEmpty() ? hours : hours.headMap(hours.lastKey() - MOST_HOURS, true);
    var waiting = leaving.values().stream().filter(ScoredHour::waits).toList();
    waiting.forEach(hour -> hour.moments().forEach(moment -> moment.due(0)));
    return !waiting.isEmpty();
  }

  /**
   * Settles hours; answers whose details no moment looks at any more: not those of the last that
   * has settled, which may be the hour before the first that is open.
   */
  public List<Long> settle(long nowMs) {
    var gone = new ArrayList<Long>();
    while (hours.size() > NEWEST && isSettled(hours.firstEntry(), nowMs)) {
      gone.add(settled);
      settled = hours.pollFirstEntry().getKey();
    }
    gone.remove(Long.valueOf(NONE_SETTLED));
    return gone;
  }

  private boolean isSettled(Map.Entry<Long, ScoredHour> oldest, long nowMs) {
    var quiet = nowMs - oldest.getValue().touchedMs() >= QUIET_MS;
    return oldest.getKey() <= hours.lastKey() - MOST_HOURS || (quiet && !oldest.getValue().waits());
  }

  /** The hours whose details may yet be looked at. */
  public List<Long> keptHours() {
    var kept = new ArrayList<>(hours.keySet());
    if (settled != NONE_SETTLED) {
      kept.add(0, settled);
    }
    return kept;
  }

  /** The earliest time that may be scored again. */
  public long oldestMicros() {
    return hours.isEmpty() ? Long.MIN_VALUE : hourBegin(hours.firstKey());
  }

  public void encode(StateWriter out) {
    out.writeFixedLong(touchedMs);
    out.writeFixedLong(settled);
    out.writeUnsigned(hours.size());
    hours.forEach(
        (number, hour) -> {
          out.writeLong(number);
          hour.encode(out);
        });
    history.encode(out);
  }

  public static Timeline decode(StateReader in) {
    var touched = in.readFixedLong();
    var settled = in.readFixedLong();
    var hours = new TreeMap<Long, ScoredHour>();
    var count = in.readInt();
    for (var i = 0; i < count; i++) {
      hours.put(in.readLong(), ScoredHour.decode(in));
    }
    var timeline = new Timeline(History.decode(in));
    timeline.touchedMs = touched;
    timeline.settled = settled;
    timeline.hours.putAll(hours);
    return timeline;
  }
}
