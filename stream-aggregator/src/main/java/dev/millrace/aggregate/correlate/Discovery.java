package dev.millrace.aggregate.correlate;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;

/** A correlation that was found and holds. Which of the two comes first stays as it was found. */
final class Discovery {
  private final int low;
  private final int high;
  private final boolean lowFirst;
  private final long discovered;
  private boolean fine;
  private int lag;
  private long validated;

  Discovery(int low, int high, boolean lowFirst, long discovered) {
    this.low = low;
    this.high = high;
    this.lowFirst = lowFirst;
    this.discovered = discovered;
  }

  int low() {
    return low;
  }

  int high() {
    return high;
  }

  boolean isOf(int slot) {
    return low == slot || high == slot;
  }

  /** Whether it was last seen in steps of minutes, else of hours. */
  boolean isFine() {
    return fine;
  }

  int lag() {
    return lag;
  }

  /** When it was last published as holding. */
  long validated() {
    return validated;
  }

  /** Whether the one that came second now comes first. */
  boolean isTurnedBy(Candidate now) {
    return lowFirst ? now.lag() < 0 : now.lag() > 0;
  }

  void seen(Candidate now) {
    fine = now.resolution().equals(Resolution.FINE);
    lag = now.lag();
  }

  void validate(long at) {
    validated = at;
  }

  Finding finding(SeriesTable series, Candidate now, boolean active) {
    var step = (int) (now.resolution().step().micros() / 1_000_000);
    return new Finding(
        series.name(lowFirst ? low : high),
        series.name(lowFirst ? high : low),
        now.correlation(),
        Math.abs(now.lag()) * step,
        step,
        now.samples(),
        now.confidence(),
        relationship(now, active),
        discovered,
        validated,
        active);
  }

  private static Relationship relationship(Candidate now, boolean active) {
    if (!active) {
      return Relationship.COINCIDENTAL;
    }
    return now.lag() == 0 ? Relationship.SYMPTOMATIC : Relationship.CAUSAL;
  }

  void encode(StateWriter out) {
    out.writeUnsigned(low);
    out.writeUnsigned(high);
    out.writeBoolean(lowFirst);
    out.writeBoolean(fine);
    out.writeLong(lag);
    out.writeLong(discovered);
    out.writeLong(validated);
  }

  static Discovery decode(StateReader in) {
    var low = in.readInt();
    var high = in.readInt();
    var lowFirst = in.readBoolean();
    var fine = in.readBoolean();
    var lag = Math.toIntExact(in.readLong());
    var discovery = new Discovery(low, high, lowFirst, in.readLong());
    discovery.fine = fine;
    discovery.lag = lag;
    discovery.validated = in.readLong();
    return discovery;
  }
}
