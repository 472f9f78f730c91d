package dev.millrace.schema.text;

import java.time.DateTimeException;
import java.time.LocalDate;

/**
 * Reads the times that most files hold, {@code 2026-01-31 23:59:59}, in a tenth of what a formatter
 * takes: with a T or a blank, up to nine decimals, and perhaps a Z; UTC.
 */
final class PlainTime {
  /** Of text that is not of this form; it may be a time all the same. */
  static final long NONE = Long.MIN_VALUE;

  private static final String FORM = "dddd-dd-dd dd:dd:dd";
  private static final int LONGEST_FRACTION = 9;
  private static final int SECONDS_OF_MINUTE = 60;
  private static final int MINUTES_OF_HOUR = 60;
  private static final int HOURS_OF_DAY = 24;
  private static final long MICROS_OF_SECOND = 1_000_000;

  private PlainTime() {}

  /** Microseconds since the epoch, or {@link #NONE}. */
  static long micros(String text) {
    var fraction = fraction(text);
    if (fraction < 0 || !hasForm(text)) {
      return NONE;
    }
    var hour = number(text, 11, 13);
    var minute = number(text, 14, 16);
    var second = number(text, 17, 19);
    if (hour >= HOURS_OF_DAY || minute >= MINUTES_OF_HOUR || second >= SECONDS_OF_MINUTE) {
      return NONE;
    }
    var minutes = (day(text) * HOURS_OF_DAY + hour) * MINUTES_OF_HOUR + minute;
    return (minutes * SECONDS_OF_MINUTE + second) * MICROS_OF_SECOND + fraction;
  }

  private static boolean hasForm(String text) {
    for (var i = 0; i < FORM.length(); i++) {
      var wanted = FORM.charAt(i);
      var is = text.charAt(i);
      var fits =
          switch (wanted) {
            case 'd' -> isDigit(is);
            case ' ' -> is == ' ' || is == 'T';
            default -> is == wanted;
          };
      if (!fits) {
        return false;
      }
    }
    return true;
  }

  /**
   * Days since the epoch.
   *
   * @throws DateTimeException if there is no such day
   */
  private static long day(String text) {
    return LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10)).toEpochDay();
  }

  /** Microseconds after the second; -1 if what comes there is anything else. */
  private static long fraction(String text) {
    var end = text.endsWith("Z") ? text.length() - 1 : text.length();
    var begin = FORM.length() + 1;
    if (end == FORM.length()) {
      return 0;
    }
    if (end <= begin || end > begin + LONGEST_FRACTION || text.charAt(begin - 1) != '.') {
      return -1;
    }
    var micros = 0L;
    var unit = MICROS_OF_SECOND;
    for (var i = begin; i < end; i++) {
      if (!isDigit(text.charAt(i))) {
        return -1;
      }
      unit /= 10;
      micros += unit * (text.charAt(i) - '0');
    }
    return micros;
  }

  private static boolean isDigit(char character) {
    return character >= '0' && character <= '9';
  }

  private static int number(String text, int begin, int end) {
    var number = 0;
    for (var i = begin; i < end; i++) {
      number = 10 * number + text.charAt(i) - '0';
    }
    return number;
  }
}
