package dev.millrace.aggregate.enrich;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;

/**
 * What is kept of the latest reading of an entity: its time and its counters. Costs 10 bytes and
 * those of the counters, here and in the changelog. One thread.
 */
public final class Reading {
  private static final long NEVER = Long.MIN_VALUE;

  private final long[] counters;
  private final boolean[] present;
  private long micros = NEVER;
  private long arrivalMs;

  /** Before the first one. */
  public Reading(int counters) {
    this.counters = new long[counters];
    this.present = new boolean[counters];
  }

  boolean isFirst() {
    return micros == NEVER;
  }

  /** Event time, in microseconds since the epoch. */
  long micros() {
    return micros;
  }

  boolean has(int counter) {
    return present[counter];
  }

  long counter(int counter) {
    return counters[counter];
  }

  /** When it arrived, by the wall clock. */
  public long arrivalMs() {
    return arrivalMs;
  }

  /** A later reading has arrived; its counters follow. */
  void at(long eventMicros, long nowMs) {
    micros = eventMicros;
    arrivalMs = nowMs;
  }

  void set(int counter, Number value) {
    present[counter] = value != null;
    counters[counter] = value == null ? 0 : value.longValue();
  }

  public void encode(StateWriter out) {
    out.writeFixedLong(arrivalMs);
    out.writeLong(micros);
    out.writeUnsigned(counters.length);
    for (var i = 0; i < counters.length; i++) {
      out.writeBoolean(present[i]);
      if (present[i]) {
        out.writeUnsigned(counters[i]);
      }
    }
  }

  /** Reads one back; of another number of counters, it is as if there had been none. */
  public static Reading decode(StateReader in, int expected) {
    var reading = new Reading(expected);
    reading.arrivalMs = in.readFixedLong();
    var micros = in.readLong();
    if (in.readInt() != expected) {
      return reading;
    }
    reading.micros = micros;
    for (var i = 0; i < expected; i++) {
      reading.present[i] = in.readBoolean();
      reading.counters[i] = reading.present[i] ? in.readUnsigned() : 0;
    }
    return reading;
  }
}
