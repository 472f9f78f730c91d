package dev.millrace.aggregate.rules;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Stretches of time, once or every week, by the clock of a place. Begins are inclusive, ends are
 * not; a weekly stretch may last beyond midnight.
 */
record Times(List<Span> spans) {

  Times {
    spans = List.copyOf(spans);
  }

  /** One stretch. */
  sealed interface Span {
    boolean holds(Instant instant, LocalDateTime local);
  }

  private record Once(Instant begin, Instant end) implements Span {
    @Override
    public boolean holds(Instant instant, LocalDateTime local) {
      return !instant.isBefore(begin) && instant.isBefore(end);
    }
  }

  private record OnceLocal(LocalDateTime begin, LocalDateTime end) implements Span {
    @Override
    public boolean holds(Instant instant, LocalDateTime local) {
      return !local.isBefore(begin) && local.isBefore(end);
    }
  }

  private record Weekly(DayOfWeek day, LocalTime begin, LocalTime end) implements Span {
    @Override
    public boolean holds(Instant instant, LocalDateTime local) {
      var time = local.toLocalTime();
      if (begin.isBefore(end)) {
        return local.getDayOfWeek() == day && !time.isBefore(begin) && time.isBefore(end);
      }
      return local.getDayOfWeek() == day
          ? !time.isBefore(begin)
          : local.getDayOfWeek().minus(1) == day && time.isBefore(end);
    }
  }

  /**
   * Reads stretches apart by semicolons: {@code 2026-11-22T02:00/2026-11-22T04:00}, with or without
   * an offset, or {@code sun 02:00-04:00}.
   *
   * @throws IllegalArgumentException if one is neither
   */
  static Times parse(String text) {
    return new Times(
        Arrays.stream(text.split(";", -1))
            .map(String::strip)
            .filter(part -> !part.isEmpty())
            .map(Times::span)
            .toList());
  }

  private static Span span(String text) {
    try {
      var slash = text.indexOf('/');
      return slash < 0 ? weekly(text) : once(text.substring(0, slash), text.substring(slash + 1));
    } catch (DateTimeParseException unreadable) {
      throw unreadable(text, unreadable);
    }
  }

  private static Span once(String begin, String end) {
    if (begin.length() > "2026-11-22T02:00:00".length() || begin.endsWith("Z")) {
      var once =
          new Once(OffsetDateTime.parse(begin).toInstant(), OffsetDateTime.parse(end).toInstant());
      requireAscending(begin + "/" + end, once.begin().isBefore(once.end()));
      return once;
    }
    var once = new OnceLocal(LocalDateTime.parse(begin), LocalDateTime.parse(end));
    requireAscending(begin + "/" + end, once.begin().isBefore(once.end()));
    return once;
  }

  private static void requireAscending(String text, boolean ascending) {
    if (!ascending) {
      throw new IllegalArgumentException("'%s' ends before it begins".formatted(text));
    }
  }

  private static Span weekly(String text) {
    var parts = text.split("[ -]+", -1);
    if (parts.length != 3) {
      throw unreadable(text, null);
    }
    return new Weekly(day(parts[0]), LocalTime.parse(parts[1]), LocalTime.parse(parts[2]));
  }

  /** A day of the week by its name or its first three letters. */
  static DayOfWeek day(String text) {
    var name = text.strip().toUpperCase(Locale.ROOT);
    return Arrays.stream(DayOfWeek.values())
        .filter(day -> name.length() >= 3 && day.name().startsWith(name))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("'%s' is no day of the week".formatted(text)));
  }

  private static IllegalArgumentException unreadable(String text, Exception cause) {
    return new IllegalArgumentException(
        ("'%s' is no time: it must be like 2026-11-22T02:00/2026-11-22T04:00"
                + " or like sun 02:00-04:00")
            .formatted(text),
        cause);
  }

  boolean hold(Instant instant, ZoneId zone) {
    if (spans.isEmpty()) {
      return false;
    }
    var local = LocalDateTime.ofInstant(instant, zone);
    return spans.stream().anyMatch(span -> span.holds(instant, local));
  }
}
