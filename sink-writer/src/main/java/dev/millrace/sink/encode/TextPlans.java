package dev.millrace.sink.encode;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Text, the labels of enums, JSON that is text already, and plain bytes. */
final class TextPlans {
  private static final int JSONB_VERSION = 1;

  private TextPlans() {}

  static EncodePlan.OfBytes text(Column column) {
    var limit = column.maxCharacters();
    return limit == Integer.MAX_VALUE ? unlimited(column) : limited(column, limit);
  }

  static EncodePlan.OfBytes json(Column column) {
    return unlimited(column);
  }

  static EncodePlan.OfBytes jsonb(Column column) {
    return (memory, begin, length, out) -> {
      out.putByte(JSONB_VERSION);
      append(column, memory, begin, length, out);
    };
  }

  /** What an enum type holds; its labels are few. */
  static EncodePlan.OfBytes label(Column column) {
    var labels =
        column.labels().stream()
            .map(label -> label.getBytes(StandardCharsets.UTF_8))
            .toArray(byte[][]::new);
    return (memory, begin, length, out) -> {
      for (var label : labels) {
        if (Arrays.equals(label, 0, label.length, memory, begin, begin + length)) {
          out.putBytes(memory, begin, length);
          return;
        }
      }
      throw EncodeFailure.VALUE_UNREADABLE.of(
          column, decode(memory, begin, length), "holds " + column.labels());
    };
  }

  static EncodePlan.OfBytes bytea(Column column) {
    return (memory, begin, length, out) -> out.putBytes(memory, begin, length);
  }

  /** What is read from text of any form. */
  @FunctionalInterface
  interface FromText {
    void append(String text, CopyBuffer out);
  }

  /** For columns whose text has to be taken apart: the text is allocated for it. */
  static EncodePlan.OfBytes decoded(FromText plan) {
    return (memory, begin, length, out) -> plan.append(decode(memory, begin, length), out);
  }

  static String decode(byte[] memory, int begin, int length) {
    return new String(memory, begin, length, StandardCharsets.UTF_8);
  }

  private static EncodePlan.OfBytes unlimited(Column column) {
    return (memory, begin, length, out) -> append(column, memory, begin, length, out);
  }

  private static EncodePlan.OfBytes limited(Column column, int limit) {
    return (memory, begin, length, out) -> {
      append(column, memory, begin, length, out);
      if (length > limit && countCharacters(memory, begin, length) > limit) {
        throw EncodeFailure.TEXT_TOO_LONG.of(
            column, decode(memory, begin, length), "holds at most %d characters".formatted(limit));
      }
    };
  }

  private static void append(Column column, byte[] memory, int begin, int length, CopyBuffer out) {
    for (var i = begin; i < begin + length; i++) {
      if (memory[i] == 0) {
        throw EncodeFailure.TEXT_HAS_NUL.of(
            column, decode(memory, begin, length), "cannot hold a NUL character");
      }
    }
    out.putBytes(memory, begin, length);
  }

  /** Unicode code points: continuation bytes of UTF-8 are 10xxxxxx, every other byte begins one. */
  private static int countCharacters(byte[] memory, int begin, int length) {
    var characters = 0;
    for (var i = begin; i < begin + length; i++) {
      if ((memory[i] & 0xc0) != 0x80) {
        characters++;
      }
    }
    return characters;
  }
}
