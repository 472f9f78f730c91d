package dev.millrace.aggregate.series;

/** A message of a processor that sends to several places, and which of them it is for. */
public final class Sent {
  private final String to;
  private final byte[] value;

  Sent(String to, byte[] value) {
    this.to = to;
    this.value = value;
  }

  /** Whether it is for this place. */
  public boolean isTo(String place) {
    return to.equals(place);
  }

  /** The message; not to be changed. */
  public byte[] value() {
    return value;
  }
}
