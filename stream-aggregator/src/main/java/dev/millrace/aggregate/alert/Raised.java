package dev.millrace.aggregate.alert;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;

/**
 * That something has raised a record, and of which grade it was then. Some 10 bytes, beside its
 * key. One thread.
 */
public final class Raised {
  private int grade;
  private long forgetAtMs;

  /** Not yet raised. */
  public Raised() {
    this(Integer.MIN_VALUE);
  }

  private Raised(int grade) {
    this.grade = grade;
  }

  /** Whether nothing was raised so far. */
  public boolean isFirst() {
    return grade == Integer.MIN_VALUE;
  }

  /** Whether a grade is graver than what has raised a record; from now on it has. */
  public boolean rise(int to) {
    if (to <= grade) {
      return false;
    }
    grade = to;
    return true;
  }

  /** When it may be forgotten, by the wall clock. */
  public long forgetAtMs() {
    return forgetAtMs;
  }

  public void forgetAt(long ms) {
    forgetAtMs = ms;
  }

  public void encode(StateWriter out) {
    out.writeFixedLong(forgetAtMs);
    out.writeLong(grade);
  }

  public static Raised decode(StateReader in) {
    var forgetAt = in.readFixedLong();
    var raised = new Raised(Math.toIntExact(in.readLong()));
    raised.forgetAtMs = forgetAt;
    return raised;
  }
}
