package dev.millrace.aggregate.score;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;

/**
 * A moment that a scope has a score of. It is due when something has changed that the score is made
 * of. Not for use by several threads.
 */
public final class Moment {
  private static final long NOT_DUE = Long.MAX_VALUE;
  private static final long NOT_PUBLISHED = 0;

  private final long micros;
  private long dueMs = NOT_DUE;
  private long print = NOT_PUBLISHED;

  Moment(long micros) {
    this.micros = micros;
  }

  /** Microseconds since the epoch. */
  public long micros() {
    return micros;
  }

  /** Whether it is the end of an hour. */
  public boolean isHour() {
    return Timeline.isHour(micros);
  }

  /** The hour it falls in; that which it ends is the one before. */
  public long hour() {
    return Timeline.hour(micros);
  }

  /**
   * Has it scored no later than this, by the wall clock. The end of an hour is not scored before it
   * has come, though all windows may be there: of what has fallen silent, they close early.
   */
  void due(long atMs) {
    dueMs = Math.min(dueMs, isHour() ? Math.max(atMs, micros / 1_000) : atMs);
  }

  /** Takes over what an earlier one waits for. */
  void waitAs(Moment earlier) {
    due(earlier.dueMs);
  }

  boolean isDue(long nowMs) {
    return dueMs <= nowMs;
  }

  /** Whether it waits to be scored. */
  boolean waits() {
    return dueMs != NOT_DUE;
  }

  /** It has been scored, with this; answers whether it is to be published. */
  public boolean scored(byte[] record, byte[] tally) {
    dueMs = NOT_DUE;
    var before = print;
    print = print(print(1, record), tally);
    return print != before;
  }

  /** 64 bits that tell contents apart (FNV-1a); never 0 in practice. */
  private static long print(long begin, byte[] bytes) {
    var mixed = begin ^ 0xcbf29ce484222325L;
    for (var each : bytes) {
      mixed = (mixed ^ (each & 0xff)) * 0x100000001b3L;
    }
    return mixed;
  }

  void encode(StateWriter out) {
    out.writeLong(micros);
    out.writeBoolean(waits());
    out.writeFixedLong(print);
  }

  /** One that waited has waited long enough, whatever the clock of this process says. */
  static Moment decode(StateReader in) {
    var moment = new Moment(in.readLong());
    if (in.readBoolean()) {
      moment.due(0);
    }
    moment.print = in.readFixedLong();
    return moment;
  }
}
