package dev.millrace.schema.text;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.util.regex.Pattern;

/**
 * Times as people write them. Text is ISO 8601, with a T or a space between date and time, UTC
 * where no offset is given. A number is an epoch time whose unit is told from its size: below 1e11
 * seconds, below 1e14 milliseconds, below 1e17 microseconds, else nanoseconds; so each unit covers
 * 1973 to 5138 and more.
 */
public final class EpochTime {
  private static final Pattern NUMBER = Pattern.compile("[+-]?\\d+(\\.\\d+)?");
  private static final int DATE_LENGTH = "2026-01-31".length();
  private static final BigDecimal SECONDS_BELOW = new BigDecimal("1e11");
  private static final BigDecimal MILLIS_BELOW = new BigDecimal("1e14");
  private static final BigDecimal MICROS_BELOW = new BigDecimal("1e17");

  private static final DateTimeFormatter TIME_OF_DAY =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .appendPattern("['T'][ ]")
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .appendPattern("[XXX][XX][X]")
          .toFormatter()
          .withResolverStyle(ResolverStyle.STRICT);

  private EpochTime() {}

  /**
   * Microseconds since the epoch.
   *
   * @throws DateTimeException if the text is no time
   */
  public static long parseMicros(String text) {
    var plain = PlainTime.micros(text);
    if (plain != PlainTime.NONE) {
      return plain;
    }
    if (NUMBER.matcher(text).matches()) {
      return micros(new BigDecimal(text));
    }
    return toMicros(instant(text));
  }

  private static Instant instant(String text) {
    if (text.length() == DATE_LENGTH) {
      return LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
    }
    var time = TIME_OF_DAY.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
    return time instanceof OffsetDateTime withOffset
        ? withOffset.toInstant()
        : LocalDateTime.from(time).toInstant(ZoneOffset.UTC);
  }

  private static long micros(BigDecimal number) {
    var size = number.abs();
    var power = 6;
    if (size.compareTo(MICROS_BELOW) >= 0) {
      power = -3;
    } else if (size.compareTo(MILLIS_BELOW) >= 0) {
      power = 0;
    } else if (size.compareTo(SECONDS_BELOW) >= 0) {
      power = 3;
    }
    return number.movePointRight(power).longValue();
  }

  private static long toMicros(Instant instant) {
    try {
      return Math.addExact(
          Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1_000);
    } catch (ArithmeticException tooFar) {
      throw new DateTimeException("beyond the range of microseconds: " + instant, tooFar);
    }
  }
}
