package dev.millrace.aggregate.window;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;
import dev.millrace.schema.Tier;

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
 *
 * <p>Encoded in parts, so that a sample has only what it changed written again: the open windows of
 * the finest tier, its settled ones, and each tier above.
 */
public final class SeriesWindows {
  /** The open windows of the finest tier, and the series' own time. */
  public static final int OPEN = 0;

  /** The windows of the finest tier that have settled. */
  public static final int SETTLED = 1;

  /** Of any cascade; see {@link #part}. */
  public static final int PARTS = 7;

  private final Cascade cascade;
  private final TierWindows[] tiers;
  private long watermark = Long.MIN_VALUE;
  private long nextDue = Long.MAX_VALUE;

  public SeriesWindows(Cascade cascade) {
    this.cascade = cascade;
    this.tiers =
        cascade.tiers().stream()
            .map(tier -> new TierWindows(tier, cascade.percentiles()))
            .toArray(TierWindows[]::new);
  }

  /**
   * Adds a sample that was admitted, and publishes what it closes, finest tier first.
   *
   * @param order the sample's place among those of its series, e.g. its offset
   */
  public Admission add(long micros, long order, double value, ClosedWindows out) {
    watermark = Math.max(watermark, micros);
    var admission = Admission.FOLDED;
    var newest = tiers[0].newestWith(micros);
    if (newest == null) {
      admission = addAnywhere(micros, order, value);
    } else {
      newest.add(micros, order, value);
      tiers[0].changeNewest();
    }
    if (nextDue <= watermark) {
      closeDue(watermark, out);
    }
    return admission;
  }

  private Admission addAnywhere(long micros, long order, double value) {
    var admission = Admission.FOLDED;
    for (var tier : tiers) {
      if (cascade.forgetAt(tier.end(micros)) <= watermark) {
        admission = Admission.LATE;
        continue;
      }
      var window = tier.change(micros);
      window.add(micros, order, value);
      nextDue = Math.min(nextDue, cascade.closeAt(window.end()));
      if (!window.published()) {
        break;
      }
    }
    return admission;
  }

  /** How many tiers, counted from the finest, take no sample of this time any more. */
  public int missedBy(long micros) {
    var missed = 0;
    while (missed < tiers.length && cascade.forgetAt(tiers[missed].end(micros)) <= watermark) {
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
    for (var i = 1; i < tiers.length; i++) {
      if (cascade.forgetAt(tiers[i].end(micros)) > watermark) {
        var window = tiers[i].change(micros);
        window.anomaly();
        nextDue = Math.min(nextDue, cascade.closeAt(window.end()));
      }
    }
  }

  /** How many windows hold what has not been published. */
  public int open() {
    var open = 0;
    for (var tier : tiers) {
      open += tier.open();
    }
    return open;
  }

  /** The latest event time seen; {@link Long#MIN_VALUE} before the first. */
  public long watermark() {
    return watermark;
  }

  private void closeDue(long upTo, ClosedWindows out) {
    for (var i = 0; i < tiers.length; i++) {
      var tier = tiers[i];
      for (var w = tier.firstOpen(); w < tier.size(); w++) {
        var window = tier.get(w);
        if (window.changed() && cascade.closeAt(window.end()) <= upTo) {
          publish(i, window, out);
        }
      }
      tier.forget(cascade, watermark);
    }
    nextDue = findNextDue();
  }

  private void publish(int tier, Window window, ClosedWindows out) {
    if (!window.published()) {
      mergeUp(tier, window);
    }
    out.closed(tier, window);
    tiers[tier].publish(window);
  }

  private void mergeUp(int tier, Window window) {
    for (var i = tier + 1; i < tiers.length; i++) {
      var above = tiers[i].change(window.begin());
      above.merge(window.state());
      if (!above.published()) {
        return;
      }
    }
  }

  private long findNextDue() {
    var due = Long.MAX_VALUE;
    for (var tier : tiers) {
      if (tier.open() > 0) {
        due = Math.min(due, cascade.closeAt(tier.get(tier.firstOpen()).end()));
      }
    }
    return due;
  }

  /** The parts that differ from what was last encoded of them: bit {@code part} of each. */
  public int changed() {
    var parts = tiers[0].isOpenWritten() ? 0 : 1 << OPEN;
    parts |= tiers[0].isSettledWritten() ? 0 : 1 << SETTLED;
    for (var i = 1; i < tiers.length; i++) {
      var written = tiers[i].isOpenWritten() && tiers[i].isSettledWritten();
      parts |= written ? 0 : 1 << part(tiers[i].tier());
    }
    return parts;
  }

  /** Writes a part. */
  public void encode(int part, StateWriter out) {
    switch (part) {
      case OPEN -> {
        out.writeFixedLong(watermark);
        tiers[0].encodeOpen(out);
      }
      case SETTLED -> tiers[0].encodeSettled(out);
      default -> {
        var tier = above(part);
        tier.encodeOpen(out);
        tier.encodeSettled(out);
      }
    }
  }

  /**
   * The part of a tier above the finest. A tier keeps its number whatever others a cascade has, and
   * for ever: what was written is read by it.
   */
  static int part(Tier tier) {
    return switch (tier) {
      case FIVE_SECONDS -> 2;
      case ONE_MINUTE -> 3;
      case FIVE_MINUTES -> 4;
      case ONE_HOUR -> 5;
      case ONE_DAY -> 6;
    };
  }

  private TierWindows above(int part) {
    var i = 1;
    while (part(tiers[i].tier()) != part) {
      i++;
    }
    return tiers[i];
  }

  /**
   * Reads windows back. A tier that the cascade no longer has is dropped; one it did not have
   * before begins empty.
   *
   * @param parts by their number; null where there is none
   */
  public static SeriesWindows decode(StateReader[] parts, Cascade cascade) {
    var windows = new SeriesWindows(cascade);
    windows.watermark = parts[OPEN].readFixedLong();
    windows.decodeTier(parts[OPEN]);
    for (var part = SETTLED; part < PARTS; part++) {
      if (parts[part] != null) {
        windows.decodeTier(parts[part]);
        if (part > SETTLED) {
          windows.decodeTier(parts[part]);
        }
      }
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
