package dev.millrace.aggregate.window;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;

/** One window of one tier of one series. Not for use by several threads. */
public final class Window {
  private final long begin;
  private final long end;
  private final WindowState state;
  private int anomalies;
  private int published;
  private boolean changed;

  Window(long begin, long end, boolean percentiles) {
    this(begin, end, new WindowState(percentiles));
  }

  private Window(long begin, long end, WindowState state) {
    this.begin = begin;
    this.end = end;
    this.state = state;
  }

  /** Begin, inclusive, in microseconds since the epoch. */
  public long begin() {
    return begin;
  }

  /** End, exclusive. */
  public long end() {
    return end;
  }

  public WindowState state() {
    return state;
  }

  /** Incidents of the series that began within it. */
  public int anomalies() {
    return anomalies;
  }

  /** 0 when first published, then one more each time. */
  public int revision() {
    return published;
  }

  void add(long micros, long order, double value) {
    state.add(micros, order, value);
    changed = true;
  }

  void anomaly() {
    anomalies++;
    changed = true;
  }

  void merge(WindowState other) {
    state.merge(other);
    changed = true;
  }

  /** Whether it holds what has not been published. */
  boolean changed() {
    return changed;
  }

  /** Whether it has been published, and with that been merged into the tier above. */
  boolean published() {
    return published > 0;
  }

  void markPublished() {
    published++;
    changed = false;
  }

  void encode(StateWriter out) {
    out.writeLong(begin / (end - begin));
    out.writeUnsigned(published);
    out.writeBoolean(changed);
    out.writeUnsigned(anomalies);
    state.encode(out);
  }

  static Window decode(StateReader in, long length) {
    var begin = in.readLong() * length;
    var published = in.readInt();
    var changed = in.readBoolean();
    var anomalies = in.readInt();
    var window = new Window(begin, begin + length, WindowState.decode(in));
    window.anomalies = anomalies;
    window.published = published;
    window.changed = changed;
    return window;
  }
}
