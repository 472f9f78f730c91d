package dev.millrace.sink.encode;

import java.util.Arrays;

/**
 * Reads IPv4 and IPv6 addresses as RFC 4291 writes them, with nothing asked of a name server. No
 * zone, no leading zeros in IPv4, since PostgreSQL takes neither.
 */
final class InetAddressText {
  private static final int V4_BYTES = 4;
  private static final int V6_BYTES = 16;

  private InetAddressText() {}

  /** The 4 or 16 bytes of the address; null where the text is none. */
  static byte[] parse(String text) {
    return text.indexOf(':') < 0 ? parseV4(text) : parseV6(text);
  }

  private static byte[] parseV4(String text) {
    var parts = text.split("\\.", -1);
    if (parts.length != V4_BYTES) {
      return null;
    }
    var address = new byte[V4_BYTES];
    for (var i = 0; i < V4_BYTES; i++) {
      var number = number(parts[i], 10, 3);
      if (number < 0 || number > 255 || (parts[i].length() > 1 && parts[i].charAt(0) == '0')) {
        return null;
      }
      address[i] = (byte) number;
    }
    return address;
  }

  private static byte[] parseV6(String text) {
    var gap = text.indexOf("::");
    if (gap < 0) {
      var all = groups(text);
      return all != null && all.length == V6_BYTES ? all : null;
    }
    var head = groups(text.substring(0, gap));
    var tail = groups(text.substring(gap + 2));
    if (head == null || tail == null || head.length + tail.length > V6_BYTES - 2) {
      return null;
    }
    var address = Arrays.copyOf(head, V6_BYTES);
    System.arraycopy(tail, 0, address, V6_BYTES - tail.length, tail.length);
    return address;
  }

  /** Groups parted by single colons, the last of which may be an IPv4 address. */
  private static byte[] groups(String text) {
    if (text.isEmpty()) {
      return new byte[0];
    }
    var parts = text.split(":", -1);
    var bytes = new byte[2 * parts.length + V4_BYTES];
    var size = 0;
    for (var i = 0; i < parts.length; i++) {
      var last = i == parts.length - 1;
      var group = last && parts[i].indexOf('.') >= 0 ? parseV4(parts[i]) : group(parts[i]);
      if (group == null) {
        return null;
      }
      System.arraycopy(group, 0, bytes, size, group.length);
      size += group.length;
    }
    return Arrays.copyOf(bytes, size);
  }

  private static byte[] group(String text) {
    var number = number(text, 16, 4);
    return number < 0 ? null : new byte[] {(byte) (number >>> 8), (byte) number};
  }

  /** A number of 1 to {@code maxDigits} ASCII digits, or -1. */
  static int number(String text, int radix, int maxDigits) {
    if (text.isEmpty() || text.length() > maxDigits) {
      return -1;
    }
    var number = 0;
    for (var i = 0; i < text.length(); i++) {
      var digit = text.charAt(i) > 'f' ? -1 : Character.digit(text.charAt(i), radix);
      if (digit < 0) {
        return -1;
      }
      number = number * radix + digit;
    }
    return number;
  }
}
