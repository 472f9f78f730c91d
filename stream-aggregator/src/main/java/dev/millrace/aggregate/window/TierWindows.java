package dev.millrace.aggregate.window;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;
import dev.millrace.schema.Tier;
import java.util.ArrayList;
import java.util.List;

/**
 * The windows of one tier that a series still knows, by begin: open ones, and closed ones that may
 * yet be revised. Few at a time, and the newest is asked for most: a list, searched from its end.
 */
final class TierWindows {
  private final Tier tier;
  private final boolean percentiles;
  private final List<Window> windows = new ArrayList<>(2);

  TierWindows(Tier tier, boolean percentiles) {
    this.tier = tier;
    this.percentiles = percentiles;
  }

  Tier tier() {
    return tier;
  }

  List<Window> windows() {
    return windows;
  }

  long end(long micros) {
    return tier.end(tier.begin(micros));
  }

  /** The window that holds an event time, made where there is none. */
  Window at(long micros) {
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

  void forget(Cascade cascade, long watermark) {
    windows.removeIf(w -> !w.changed() && cascade.forgetAt(w.end()) <= watermark);
  }

  void encode(StateWriter out) {
    out.writeUnsigned(tier.micros());
    out.writeUnsigned(windows.size());
    windows.forEach(window -> window.encode(out));
  }

  static void skip(StateReader in, long length) {
    var count = in.readInt();
    for (var i = 0; i < count; i++) {
      Window.decode(in, length);
    }
  }

  void decode(StateReader in) {
    var count = in.readInt();
    for (var i = 0; i < count; i++) {
      windows.add(Window.decode(in, tier.micros()));
    }
  }
}
