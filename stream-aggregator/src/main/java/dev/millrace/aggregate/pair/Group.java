package dev.millrace.aggregate.pair;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;
import dev.millrace.schema.Pairing;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * What is remembered of the records of one key of one rule. Bounded, whatever comes. One thread.
 */
public abstract sealed class Group permits MarkedGroup, NearGroup {
  private static final int MARKED = 0;
  private static final int NEAR = 1;

  /** A group is kept for so many times what records may be apart, since the latest has come. */
  private static final int KEPT = 2;

  private long forgetAtMs;

  Group() {}

  /** An empty one. */
  public static Group of(Pairing.Rule rule) {
    return rule instanceof Pairing.Marked ? new MarkedGroup() : new NearGroup();
  }

  /** Whether it is of a rule of this kind; the catalogue may have changed since it was kept. */
  public final boolean fits(Pairing.Rule rule) {
    return rule instanceof Pairing.Marked == this instanceof MarkedGroup;
  }

  /** When nothing is to be remembered of it any more, by the wall clock. */
  public final long forgetAtMs() {
    return forgetAtMs;
  }

  /**
   * Takes a member, and tells of the pairs it makes.
   *
   * @param rule one that this fits
   */
  public final void take(
      Member member, Pairing.Rule rule, long nowMs, Consumer<? super Pair> found) {
    forgetAtMs = nowMs + KEPT * rule.within().toMillis();
    if (rule instanceof Pairing.Marked marked) {
      ((MarkedGroup) this).take(member, marked, found);
    } else {
      ((NearGroup) this).take(member, (Pairing.Near) rule, found);
    }
  }

  public final void encode(StateWriter out) {
    out.writeFixedLong(forgetAtMs);
    out.writeByte(this instanceof MarkedGroup ? MARKED : NEAR);
    write(out);
  }

  abstract void write(StateWriter out);

  public static Group decode(StateReader in) {
    var forgetAt = in.readFixedLong();
    var group = in.readByte() == MARKED ? MarkedGroup.read(in) : NearGroup.read(in);
    group.forgetAtMs = forgetAt;
    return group;
  }

  static long micros(Pairing.Rule rule) {
    return TimeUnit.NANOSECONDS.toMicros(rule.within().toNanos());
  }

  /** How much two that are so far apart say: all of it side by side, the weakest at the bound. */
  static double strength(long lagMicros, Pairing.Rule rule) {
    var share = Math.min(1, (double) lagMicros / micros(rule));
    return 1 - (1 - rule.weight().weakest()) * share;
  }
}
