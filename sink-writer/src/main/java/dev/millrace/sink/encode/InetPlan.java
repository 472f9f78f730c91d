package dev.millrace.sink.encode;

/** An address from its text, with or without {@code /prefix}. Plain IPv4 allocates nothing. */
final class InetPlan {
  private static final int FAMILY_V4 = 2;
  private static final int FAMILY_V6 = 3;
  private static final int V4_BYTES = 4;
  private static final int V4_BITS = 32;
  private static final int MOST_V4_CHARACTERS = 15;

  private InetPlan() {}

  static EncodePlan.OfBytes of(Column column) {
    return (memory, begin, length, out) -> {
      var address = plainV4(memory, begin, length);
      if (address < 0) {
        append(column, TextPlans.decode(memory, begin, length), out);
      } else {
        putHeader(out, V4_BYTES, V4_BITS);
        out.putInt((int) address);
      }
    };
  }

  /** The 32 bits of an address, or -1 for text of any other form. */
  private static long plainV4(byte[] memory, int begin, int length) {
    if (length > MOST_V4_CHARACTERS) {
      return -1;
    }
    var address = 0L;
    var dots = 0;
    var part = -1;
    for (var i = begin; i < begin + length; i++) {
      var c = memory[i];
      if (c == '.' && part >= 0) {
        address = address << Byte.SIZE | part;
        dots++;
        part = -1;
      } else if (c >= '0' && c <= '9' && part != 0) {
        part = Math.max(part, 0) * 10 + c - '0';
      } else {
        return -1;
      }
      if (part > 255) {
        return -1;
      }
    }
    return dots == V4_BYTES - 1 && part >= 0 ? address << Byte.SIZE | part : -1;
  }

  private static void append(Column column, String text, CopyBuffer out) {
    var slash = text.indexOf('/');
    var address = InetAddressText.parse(slash < 0 ? text : text.substring(0, slash));
    if (address == null) {
      throw unreadable(column, text);
    }
    var bits = address.length * Byte.SIZE;
    var prefix = slash < 0 ? bits : InetAddressText.number(text.substring(slash + 1), 10, 3);
    if (prefix < 0 || prefix > bits) {
      throw unreadable(column, text);
    }
    putHeader(out, address.length, prefix);
    out.putBytes(address, 0, address.length);
  }

  private static void putHeader(CopyBuffer out, int bytes, int prefix) {
    out.putByte(bytes == V4_BYTES ? FAMILY_V4 : FAMILY_V6);
    out.putByte(prefix);
    out.putByte(0);
    out.putByte(bytes);
  }

  private static RuntimeException unreadable(Column column, String text) {
    return EncodeFailure.VALUE_UNREADABLE.of(
        column, text, "holds IPv4 and IPv6 addresses, with an optional /prefix");
  }
}
