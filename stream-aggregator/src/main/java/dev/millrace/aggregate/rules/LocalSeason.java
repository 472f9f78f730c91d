package dev.millrace.aggregate.rules;

import dev.millrace.aggregate.baseline.Season;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;

/**
 * The clock and calendar of a place. Remembers the offset it found last and how long it holds: a
 * time costs a few nanoseconds. Safe for use by several threads.
 */
final class LocalSeason implements Season {
  private static final long MICROS_OF_SECOND = 1_000_000;
  private static final long MICROS_OF_DAY = 86_400 * MICROS_OF_SECOND;

  private final ZoneId zone;
  private final Map<LocalDate, DayOfWeek> holidays;
  private volatile Offset latest = new Offset(Long.MAX_VALUE, Long.MIN_VALUE, 0);

  LocalSeason(ZoneId zone, Map<LocalDate, DayOfWeek> holidays) {
    this.zone = zone;
    this.holidays = Map.copyOf(holidays);
  }

  /** What is to be added to UTC from one second until another. */
  private record Offset(long from, long until, long micros) {}

  @Override
  public long local(long micros) {
    var second = Math.floorDiv(micros, MICROS_OF_SECOND);
    var offset = latest;
    if (second < offset.from() || second >= offset.until()) {
      offset = find(second);
      latest = offset;
    }
    var local = micros + offset.micros();
    return holidays.isEmpty() ? local : local + dayShift(Math.floorDiv(local, MICROS_OF_DAY));
  }

  private Offset find(long second) {
    var rules = zone.getRules();
    var at = Instant.ofEpochSecond(second);
    var before = rules.previousTransition(at.plusSeconds(1));
    var after = rules.nextTransition(at);
    return new Offset(
        before == null ? Long.MIN_VALUE : before.toEpochSecond(),
        after == null ? Long.MAX_VALUE : after.toEpochSecond(),
        rules.getOffset(at).getTotalSeconds() * MICROS_OF_SECOND);
  }

  /** How far a holiday is from the next day of the kind it is like. */
  private long dayShift(long epochDay) {
    var date = LocalDate.ofEpochDay(epochDay);
    var as = holidays.get(date);
    return as == null
        ? 0
        : Math.floorMod(as.getValue() - date.getDayOfWeek().getValue(), 7) * MICROS_OF_DAY;
  }

  ZoneId zone() {
    return zone;
  }
}
