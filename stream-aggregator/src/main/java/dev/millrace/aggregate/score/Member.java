package dev.millrace.aggregate.score;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The tallies of one member of a group, by the hours that the group may score again: of the end of
 * an hour, and of the latest moment within it. 200 bytes each; five hours as a rule, see {@link
 * Timeline}. A member counts as it last was in the hour after that, and no longer. Not for use by
 * several threads.
 */
public final class Member {
  private final TreeMap<Long, Hour> hours = new TreeMap<>();
  private long touchedMs;

  private static final class Hour {
    private Tally begin;
    private Tally within;
    private long withinMicros;
    private long touchedMs;

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
    hour.touchedMs = nowMs;
    if (Timeline.isHour(micros)) {
      hour.begin = tally;
    } else if (hour.within == null || micros >= hour.withinMicros) {
      hour.within = tally;
      hour.withinMicros = micros;
    }
    while (hours.size() > 2 && isSettled(hours.firstEntry(), nowMs)) {
      hours.pollFirstEntry();
    }
  }

  private boolean isSettled(Map.Entry<Long, Hour> oldest, long nowMs) {
    return oldest.getKey() <= hours.lastKey() - Timeline.MOST_HOURS
        || nowMs - oldest.getValue().touchedMs >= Timeline.QUIET_MS;
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
          out.writeLong(hour.touchedMs);
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
      hour.touchedMs = in.readLong();
      hour.withinMicros = in.readLong();
      hour.begin = in.readBoolean() ? Tally.decode(in) : null;
      hour.within = in.readBoolean() ? Tally.decode(in) : null;
    }
    return member;
  }
}
