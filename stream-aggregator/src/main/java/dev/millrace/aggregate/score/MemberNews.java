package dev.millrace.aggregate.score;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;
import java.util.Optional;

/** What a group is told of one of its members: its tally at a moment, or that it has left. */
public final class MemberNews {
  private final byte[] member;
  private final long micros;
  private final Optional<Tally> tally;

  private MemberNews(byte[] member, long micros, Optional<Tally> tally) {
    this.member = member;
    this.micros = micros;
    this.tally = tally;
  }

  /** A tally at a moment, in microseconds since the epoch. */
  public static MemberNews of(byte[] member, long micros, Tally tally) {
    return new MemberNews(member, micros, Optional.of(tally));
  }

  /** It is no member any more. */
  public static MemberNews left(byte[] member) {
    return new MemberNews(member, 0, Optional.empty());
  }

  /** What names the member; not to be changed. */
  public byte[] member() {
    return member;
  }

  public long micros() {
    return micros;
  }

  /** Empty if it has left. */
  public Optional<Tally> tally() {
    return tally;
  }

  public void encode(StateWriter out) {
    out.writeBytes(member);
    out.writeBoolean(tally.isPresent());
    if (tally.isPresent()) {
      out.writeLong(micros);
      tally.get().encode(out);
    }
  }

  public static MemberNews decode(StateReader in) {
    var member = in.readBytes();
    return in.readBoolean() ? of(member, in.readLong(), Tally.decode(in)) : left(member);
  }
}
