package dev.millrace.producer.source;

import dev.millrace.failure.MillraceException;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits one row of comma-separated values (RFC 4180): a value in double quotes may hold commas,
 * line breaks and doubled quotes; blanks around a value are not part of it. Used once.
 */
final class CsvRow {
  private static final char QUOTE = '"';
  private static final char COMMA = ',';

  private final String text;
  private final List<String> values = new ArrayList<>();
  private int at;

  private CsvRow(String text) {
    this.text = text;
  }

  /**
   * The values of a row.
   *
   * @throws MillraceException {@link SourceFailure#MALFORMED_LINE} if the quotes do not fit
   */
  static List<String> split(String text) {
    return new CsvRow(text).values();
  }

  private List<String> values() {
    values.add(value());
    while (at < text.length()) {
      // Every value ends at a comma or at the end.
      at++;
      values.add(value());
    }
    return values;
  }

  private String value() {
    skipBlanks();
    return at < text.length() && text.charAt(at) == QUOTE ? quoted() : plain();
  }

  private String plain() {
    var end = text.indexOf(COMMA, at);
    var value = text.substring(at, end < 0 ? text.length() : end);
    if (value.indexOf(QUOTE) >= 0) {
      throw malformed("a quote inside the value %s".formatted(value));
    }
    at += value.length();
    return value.strip();
  }

  private String quoted() {
    var value = new StringBuilder();
    for (var begin = at + 1; ; begin = at + 1) {
      var end = text.indexOf(QUOTE, begin);
      if (end < 0) {
        throw malformed("a quote is opened and not closed");
      }
      value.append(text, begin, end);
      at = end + 1;
      if (at == text.length() || text.charAt(at) != QUOTE) {
        break;
      }
      value.append(QUOTE);
    }
    skipBlanks();
    if (at < text.length() && text.charAt(at) != COMMA) {
      throw malformed("text after the closing quote of \"%s\"".formatted(value));
    }
    return value.toString();
  }

  private void skipBlanks() {
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
  }

  private static MillraceException malformed(String why) {
    return new MillraceException(SourceFailure.MALFORMED_LINE, "not CSV: " + why);
  }
}
