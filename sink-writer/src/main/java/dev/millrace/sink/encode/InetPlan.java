package dev.millrace.sink.encode;

/** An address from its text, with or without {@code /prefix}. */
final class InetPlan {
  private static final int FAMILY_V4 = 2;
  private static final int FAMILY_V6 = 3;
  private static final int V4_BYTES = 4;

  private InetPlan() {}

  static EncodePlan of(Column column) {
    return (value, out) -> append(column, value.toString(), out);
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
    out.putByte(address.length == V4_BYTES ? FAMILY_V4 : FAMILY_V6);
    out.putByte(prefix);
    out.putByte(0);
    out.putByte(address.length);
    out.putBytes(address, 0, address.length);
  }

  private static RuntimeException unreadable(Column column, String text) {
    return EncodeFailure.VALUE_UNREADABLE.of(
        column, text, "holds IPv4 and IPv6 addresses, with an optional /prefix");
  }
}
