package dev.millrace.sink.encode;

/** A UUID from its text, in 8-4-4-4-12 form. */
final class UuidPlan {
  private static final int LENGTH = 36;

  private UuidPlan() {}

  static EncodePlan of(Column column) {
    return (value, out) -> append(column, value.toString(), out);
  }

  private static void append(Column column, String text, CopyBuffer out) {
    if (text.length() != LENGTH) {
      throw unreadable(column, text);
    }
    for (var i = 0; i < LENGTH; ) {
      if (i == 8 || i == 13 || i == 18 || i == 23) {
        if (text.charAt(i++) != '-') {
          throw unreadable(column, text);
        }
      } else {
        out.putByte(hex(column, text, i) << 4 | hex(column, text, i + 1));
        i += 2;
      }
    }
  }

  private static int hex(Column column, String text, int at) {
    var digit = Character.digit(text.charAt(at), 16);
    if (digit < 0 || text.charAt(at) > 'f') {
      throw unreadable(column, text);
    }
    return digit;
  }

  private static RuntimeException unreadable(Column column, String text) {
    return EncodeFailure.VALUE_UNREADABLE.of(column, text, "holds UUIDs (8-4-4-4-12 hex digits)");
  }
}
