package dev.millrace.aggregate.window;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;
import java.util.List;

/**
 * The windows of one series over all tiers.
 *
 * <p>A sample goes into the finest window it belongs to. When a window closes, it is merged into
 * the window above, so a coarse percentile rests on the samples and never on percentiles. Windows
 * close by the series' own event time: no other series closes them, and they close no other's.
 *
 * <ul>
 *   <li>A sample for a window that is closed but not forgotten changes it, and every closed window
 *       above it: each is published again with the next revision, at once if its time has passed,
 *       else when it has.
 *   <li>A sample for a window that is forgotten is {@link Admission#LATE}; tiers above that are not
 *       forgotten count it all the same.
 *   <li>{@link #closeAll} publishes what is open of a series that has fallen silent; what comes
 *       later is a revision.
 * </ul>
 *
 * <p>Cost: one window of each tier, and those of the last {@code lateness}; a sample touches one of
 * them. Not for use by several threads. Times are microseconds since the epoch.
 */
public final class SeriesWindows {
  private final Cascade cascade;
  private final List<TierWindows> tiers;
  private long watermark = Long.MIN_VALUE;
  private long nextDue = Long.MAX_VALUE;

  public SeriesWindows(Cascade cascade) {
    this.cascade = cascade;
    this.tiers =
        cascade.tiers().stream().map(tier -> new TierWindows(tier, cascade.percentiles())).toList();
  }

  /**
   * Adds a sample that was admitted, and publishes what it closes, finest tier first.
   *
   * @param order the sample's place among those of its series, e.g. its offset
   */
  public Admission add(long micros, long order, double value, ClosedWindows out) {
    watermark = Math.max(watermark, micros);
    var admission = Admission.FOLDED;
    for (var i = 0; i < tiers.size(); i++) {
      var tier = tiers.get(i);
      if (cascade.forgetAt(tier.end(micros)) <= watermark) {
        admission = Admission.LATE;
        continue;
      }
      var window = tier.at(micros);
      window.add(micros, order, value);
      nextDue = Math.min(nextDue, cascade.closeAt(window.end()));
      if (!window.published()) {
        break;
      }
    }
    if (nextDue <= watermark) {
      closeDue(watermark, out);
    }
    return admission;
  }

  /** How many tiers, counted from the finest, take no sample of this time any more. */
  public int missedBy(long micros) {
    var missed = 0;
    while (missed < tiers.size() && cascade.forgetAt(tiers.get(missed).end(micros)) <= watermark) {
      missed++;
    }
    return missed;
  }

  /** Publishes every window that holds what has not been published, finest tier first. */
  public void closeAll(ClosedWindows out) {
    closeDue(Long.MAX_VALUE, out);
  }

  /**
   * Counts an incident that began in a window of the finest tier that has just closed, in every
   * window above it. One that was published already is published again when its time has passed.
   */
  public void anomalyAt(long micros) {
    for (var i = 1; i < tiers.size(); i++) {
      var tier = tiers.get(i);
      if (cascade.forgetAt(tier.end(micros)) > watermark) {
        var window = tier.at(micros);
        window.anomaly();
        nextDue = Math.min(nextDue, cascade.closeAt(window.end()));
      }
    }
  }

  /** Whether {@link #closeAll} would publish anything. */
  public boolean anythingOpen() {
    return tiers.stream().anyMatch(tier -> tier.windows().stream().anyMatch(Window::changed));
  }

  /** How many windows hold what has not been published. */
  public int open() {
    var open = 0;
    for (var tier : tiers) {
      for (var window : tier.windows()) {
        open += window.changed() ? 1 : 0;
      }
    }
    return open;
  }

  /** The latest event time seen; {@link Long#MIN_VALUE} before the first. */
  public long watermark() {
    return watermark;
  }

  private void closeDue(long upTo, ClosedWindows out) {
    for (var i = 0; i < tiers.size(); i++) {
      var windows = tiers.get(i).windows();
      for (var w = 0; w < windows.size(); w++) {
        var window = windows.get(w);
        if (window.changed() && cascade.closeAt(window.end()) <= upTo) {
          publish(i, window, out);
        }
      }
    }
    tiers.forEach(tier -> tier.forget(cascade, watermark));
    nextDue = findNextDue();
  }

  private void publish(int tier, Window window, ClosedWindows out) {
    if (!window.published()) {
      mergeUp(tier, window);
    }
    out.closed(tier, window);
    window.markPublished();
  }

  private void mergeUp(int tier, Window window) {
    for (var i = tier + 1; i < tiers.size(); i++) {
      var above = tiers.get(i).at(window.begin());
      above.merge(window.state());
      if (!above.published()) {
        return;
      }
    }
  }

  private long findNextDue() {
    var due = Long.MAX_VALUE;
    for (var tier : tiers) {
      for (var window : tier.windows()) {
        var end = window.end();
        due = Math.min(due, window.changed() ? cascade.closeAt(end) : cascade.forgetAt(end));
      }
    }
    return due;
  }

  public void encode(StateWriter out) {
    out.writeFixedLong(watermark);
    out.writeUnsigned(tiers.size());
    tiers.forEach(tier -> tier.encode(out));
  }

  /**
   * Reads windows back. A tier that the cascade no longer has is dropped; one it did not have
   * before begins empty.
   */
  public static SeriesWindows decode(StateReader in, Cascade cascade) {
    var windows = new SeriesWindows(cascade);
    windows.watermark = in.readFixedLong();
    var count = in.readInt();
    for (var i = 0; i < count; i++) {
      windows.decodeTier(in);
    }
    windows.nextDue = windows.findNextDue();
    return windows;
  }

  private void decodeTier(StateReader in) {
    var length = in.readUnsigned();
    for (var tier : tiers) {
      if (tier.tier().micros() == length) {
        tier.decode(in);
        return;
      }
    }
    TierWindows.skip(in, length);
  }
}
