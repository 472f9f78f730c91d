package dev.millrace.aggregate.score;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * The moments of one hour that a scope has a score of: its begin, which ends the hour before, and
 * the latest within it. Not for use by several threads.
 */
final class ScoredHour {
  private Moment begin;
  private Moment within;
  private long touchedMs;

  /** When it was last called for a score, by the wall clock. */
  long touchedMs() {
    return touchedMs;
  }

  /** Calls for a score of a moment; of several within the hour, the latest is scored. */
  void call(long micros, long nowMs, long dueMs) {
    touchedMs = nowMs;
    if (Timeline.isHour(micros)) {
      begin = begin == null ? new Moment(micros) : begin;
      begin.due(dueMs);
    } else {
      within = latest(micros);
      within.due(dueMs);
    }
  }

  private Moment latest(long micros) {
    if (within != null && within.micros() >= micros) {
      return within;
    }
    var later = new Moment(micros);
    if (within != null) {
      later.waitAs(within);
    }
    return later;
  }

  List<Moment> moments() {
    var moments = new ArrayList<Moment>(2);
    if (begin != null) {
      moments.add(begin);
    }
    if (within != null) {
      moments.add(within);
    }
    return moments;
  }

  /** Whether any of them waits to be scored. */
  boolean waits() {
    return moments().stream().anyMatch(Moment::waits);
  }

  void encode(StateWriter out) {
    out.writeLong(touchedMs);
    out.writeBoolean(begin != null);
    out.writeBoolean(within != null);
    moments().forEach(moment -> moment.encode(out));
  }

  static ScoredHour decode(StateReader in) {
    var hour = new ScoredHour();
    hour.touchedMs = in.readLong();
    var hasBegin = in.readBoolean();
    var hasWithin = in.readBoolean();
    hour.begin = hasBegin ? Moment.decode(in) : null;
    hour.within = hasWithin ? Moment.decode(in) : null;
    return hour;
  }
}
