package dev.millrace.sink.encode;

import java.nio.charset.StandardCharsets;

/** A UUID from its text, in 8-4-4-4-12 form. */
final class UuidPlan {
  private static final int LENGTH = 36;
  private static final int HYPHENS_BEFORE_8_13_18_23 = 1 << 8 | 1 << 13 | 1 << 18 | 1 << 23;

  private UuidPlan() {}

  static EncodePlan.OfBytes of(Column column) {
    return (memory, begin, length, out) -> {
      if (length != LENGTH) {
        throw unreadable(column, memory, begin, length);
      }
      for (var i = 0; i < LENGTH; ) {
        if (i < Integer.SIZE && (HYPHENS_BEFORE_8_13_18_23 >>> i & 1) == 1) {
          if (memory[begin + i++] != '-') {
            throw unreadable(column, memory, begin, length);
          }
        } else {
          var pair = hex(memory[begin + i]) << 4 | hex(memory[begin + i + 1]);
          if (pair < 0) {
            throw unreadable(column, memory, begin, length);
          }
          out.putByte(pair);
          i += 2;
        }
      }
    };
  }

  private static int hex(byte digit) {
    return digit < 0 ? -1 : Character.digit(digit, 16);
  }

  private static RuntimeException unreadable(Column column, byte[] memory, int begin, int length) {
    return EncodeFailure.VALUE_UNREADABLE.of(
        column,
        new String(memory, begin, length, StandardCharsets.UTF_8),
        "holds UUIDs (8-4-4-4-12 hex digits)");
  }
}
