package dev.millrace.aggregate.window;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;
import dev.millrace.schema.Tier;
import java.util.ArrayList;
import java.util.List;

/**
 * The windows of one tier that a series still knows, by begin: <em>open</em> ones, which hold what
 * has not been published, and settled ones that may yet be revised. The newest is asked for most,
 * and the open ones are the newest: everything is searched from the end, and what has settled is
 * not touched.
 */
final class TierWindows {
  private final Tier tier;
  private final boolean percentiles;
  private final List<Window> windows = new ArrayList<>(2);
  private int open;
  private boolean openWritten = true;
  private boolean settledWritten = true;

  TierWindows(Tier tier, boolean percentiles) {
    this.tier = tier;
    this.percentiles = percentiles;
  }

  Tier tier() {
    return tier;
  }

  int size() {
    return windows.size();
  }

  Window get(int index) {
    return windows.get(index);
  }

  /** How many are open. */
  int open() {
    return open;
  }

  long end(long micros) {
    return tier.end(tier.begin(micros));
  }

  /** The newest, if an event time lies in it and it has never been published; or null. */
  Window newestWith(long micros) {
    if (windows.isEmpty()) {
      return null;
    }
    var newest = windows.get(windows.size() - 1);
    var with = newest.begin() <= micros && micros < newest.end() && !newest.published();
    return with ? newest : null;
  }

  /** The window that holds an event time, made where there is none. It is about to change. */
  Window change(long micros) {
    var window = at(micros);
    if (!window.changed()) {
      open++;
      settledWritten = !window.published() && settledWritten;
    }
    openWritten = false;
    return window;
  }

  /** The newest of all is about to change, and is open already. */
  void changeNewest() {
    openWritten = false;
  }

  private Window at(long micros) {
    var i = windows.size();
    while (i > 0 && windows.get(i - 1).begin() > micros) {
      i--;
    }
    if (i > 0 && windows.get(i - 1).end() > micros) {
      return windows.get(i - 1);
    }
    var begin = tier.begin(micros);
    var window = new Window(begin, tier.end(begin), percentiles);
    windows.add(i, window);
    return window;
  }

  /** Index of the oldest that is open; {@link #size} if none is. */
  int firstOpen() {
    var i = windows.size();
    for (var left = open; left > 0; ) {
      left -= windows.get(--i).changed() ? 1 : 0;
    }
    return i;
  }

  void publish(Window window) {
    window.markPublished();
    open--;
    openWritten = false;
    settledWritten = false;
  }

  /** Drops what no sample can change any more; everything due has been published. */
  void forget(Cascade cascade, long watermark) {
    var gone = 0;
    while (gone < windows.size()
        && !windows.get(gone).changed()
        && cascade.forgetAt(windows.get(gone).end()) <= watermark) {
      gone++;
    }
    if (gone > 0) {
      windows.subList(0, gone).clear();
      settledWritten = false;
    }
  }

  /** Whether the open ones are as they were when they were last encoded. */
  boolean isOpenWritten() {
    return openWritten;
  }

  /** Whether the settled ones are. */
  boolean isSettledWritten() {
    return settledWritten;
  }

  void encodeOpen(StateWriter out) {
    encode(true, open, out);
    openWritten = true;
  }

  void encodeSettled(StateWriter out) {
    encode(false, windows.size() - open, out);
    settledWritten = true;
  }

  private void encode(boolean changed, int count, StateWriter out) {
    out.writeUnsigned(tier.micros());
    out.writeUnsigned(count);
    for (var window : windows) {
      if (window.changed() == changed) {
        window.encode(out);
      }
    }
  }

  static void skip(StateReader in, long length) {
    var count = in.readInt();
    for (var i = 0; i < count; i++) {
      Window.decode(in, length);
    }
  }

  /** Reads windows that were encoded, beside those that are there. */
  void decode(StateReader in) {
    var count = in.readInt();
    for (var i = 0; i < count; i++) {
      var window = Window.decode(in, tier.micros());
      open += window.changed() ? 1 : 0;
      var place = windows.size();
      while (place > 0 && windows.get(place - 1).begin() > window.begin()) {
        place--;
      }
      windows.add(place, window);
    }
    openWritten = true;
    settledWritten = true;
  }
}
