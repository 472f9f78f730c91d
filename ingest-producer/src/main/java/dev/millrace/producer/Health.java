package dev.millrace.producer;

/**
 * Whether a component does its work.
 *
 * @param up whether it does
 * @param detail one sentence for people
 */
public record Health(boolean up, String detail) {

  static Health up(String detail) {
    return new Health(true, detail);
  }

  static Health down(String detail) {
    return new Health(false, detail);
  }
}
