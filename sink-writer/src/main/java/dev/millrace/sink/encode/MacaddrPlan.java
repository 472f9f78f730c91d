package dev.millrace.sink.encode;

import java.util.regex.Pattern;

/** A hardware address of six bytes, in any of the forms that PostgreSQL reads. */
final class MacaddrPlan {
  private static final int DIGITS = 12;
  private static final Pattern FORMS =
      Pattern.compile(
          "XX(:XX){5}|XX(-XX){5}|X{6}[:-]?X{6}|X{4}([.-])X{4}\\3X{4}".replace("X", "[0-9A-Fa-f]"));

  private MacaddrPlan() {}

  static EncodePlan.OfBytes of(Column column) {
    return TextPlans.decoded((text, out) -> append(column, text, out));
  }

  private static void append(Column column, String text, CopyBuffer out) {
    if (!FORMS.matcher(text).matches()) {
      throw EncodeFailure.VALUE_UNREADABLE.of(
          column, text, "holds hardware addresses of 12 hex digits, e.g. 08:00:2b:01:02:03");
    }
    var digits = new StringBuilder(DIGITS);
    text.chars().filter(each -> Character.digit(each, 16) >= 0).forEach(digits::appendCodePoint);
    for (var i = 0; i < DIGITS; i += 2) {
      out.putByte(Integer.parseInt(digits, i, i + 2, 16));
    }
  }
}
