package dev.millrace.aggregate.score;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The tallies of one member of a group, by the hours that the group may score again and the one
 * before: of the end of an hour, and of the latest moment within it. A member counts as it last was
 * in the hour after that, and no longer. Some 500 bytes a tally on the heap; six hours as a rule,
 * see {@link Timeline}. Not for use by several threads.
 */
public final class Member {
  private final TreeMap<Long, Hour> hours = new TreeMap<>();
  private long touchedMs;

  private static final class Hour {
    private Tally begin;
    private Tally within;
    private long withinMicros;

    private Tally at(long micros) {
      return within != null && withinMicros <= micros ? within : begin;
    }
  }

  /** When a tally last came, by the wall clock. */
  public long touchedMs() {
    return touchedMs;
  }

  /** Takes a tally, in place of what there was of that moment. */
  public void take(long micros, Tally tally, long nowMs) {
    touchedMs = nowMs;
    var hour = hours.computeIfAbsent(Timeline.hour(micros), none -> new Hour());
    if (Timeline.isHour(micros)) {
      hour.begin = tally;
    } else if (hour.within == null || micros >= hour.withinMicros) {
      hour.within = tally;
      hour.withinMicros = micros;
    }
  }

  /** No moment of an earlier hour than this is asked for any more. */
  public void forgetBefore(long hour) {
    hours.headMap(hour).clear();
  }

  /** How it was at a time: its latest tally in that hour, else in the one before. */
  public Optional<Tally> at(long micros) {
    var hour = Timeline.hour(micros);
    var now = Optional.ofNullable(hours.get(hour)).map(each -> each.at(micros));
    return now.or(() -> Optional.ofNullable(hours.get(hour - 1)).map(each -> each.at(micros)));
  }

  public void encode(StateWriter out) {
    out.writeFixedLong(touchedMs);
    out.writeUnsigned(hours.size());
    hours.forEach(
        (number, hour) -> {
          out.writeLong(number);
          out.writeLong(hour.withinMicros);
          encode(hour.begin, out);
          encode(hour.within, out);
        });
  }

  private static void encode(Tally tally, StateWriter out) {
    out.writeBoolean(tally != null);
    if (tally != null) {
      tally.encode(out);
    }
  }

  public static Member decode(StateReader in) {
    var member = new Member();
    member.touchedMs = in.readFixedLong();
    var count = in.readInt();
    for (var i = 0; i < count; i++) {
      var hour = new Hour();
      member.hours.put(in.readLong(), hour);
      hour.withinMicros = in.readLong();
      hour.begin = in.readBoolean() ? Tally.decode(in) : null;
      hour.within = in.readBoolean() ? Tally.decode(in) : null;
    }
    return member;
  }
}
