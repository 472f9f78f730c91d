package dev.millrace.aggregate.window;

import dev.millrace.schema.Fold;
import dev.millrace.schema.Tier;
import dev.millrace.schema.Timing;
import dev.millrace.schema.WindowOutput;
import java.time.Duration;
import java.util.List;

/**
 * The tiers a series is folded into, finest first, and when their windows close. Immutable; shared
 * by all series of a record type. Times are microseconds.
 *
 * @param tiers ascending, at least one
 * @param graceMicros how long after its end, in the series' own time, a window waits
 * @param latenessMicros how long after its end a window still takes samples; at least the grace
 * @param aheadMicros how far ahead of the wall clock an event time may be
 * @param percentiles whether any tier publishes them: else no window keeps what they are made of
 */
public record Cascade(
    List<Tier> tiers,
    long graceMicros,
    long latenessMicros,
    long aheadMicros,
    boolean percentiles) {

  /** Before it, the arithmetic of windows would overflow. */
  private static final long EARLIEST = Long.MIN_VALUE / 2;

  public Cascade {
    tiers = List.copyOf(tiers);
    if (tiers.isEmpty()) {
      throw new IllegalArgumentException("a cascade needs a tier");
    }
    for (var i = 1; i < tiers.size(); i++) {
      if (tiers.get(i).micros() <= tiers.get(i - 1).micros()) {
        throw new IllegalArgumentException("tiers must ascend: " + tiers);
      }
    }
    if (graceMicros < 0 || aheadMicros < 0 || latenessMicros < graceMicros) {
      throw new IllegalArgumentException(
          "grace %d, lateness %d and ahead %d must not be negative, nor lateness below grace"
              .formatted(graceMicros, latenessMicros, aheadMicros));
    }
  }

  /** The cascade of the tiers a fold publishes. */
  public static Cascade of(Fold fold, Timing timing) {
    return new Cascade(
        fold.windows().stream().map(WindowOutput::tier).toList(),
        micros(timing.grace()),
        micros(timing.lateness()),
        micros(timing.ahead()),
        fold.windows().stream().anyMatch(WindowOutput::hasPercentiles));
  }

  /** Whether a sample may be folded at all, whatever its series has seen. */
  public Admission admit(long micros, double value, long nowMicros) {
    if (!Double.isFinite(value)) {
      return Admission.NOT_FINITE;
    }
    if (micros < EARLIEST) {
      return Admission.LATE;
    }
    return micros > nowMicros + aheadMicros ? Admission.AHEAD : Admission.FOLDED;
  }

  /** How long after its first sample a window of the coarsest tier may take the last one. */
  public long longestMicros() {
    return tiers.get(tiers.size() - 1).micros() + latenessMicros;
  }

  long closeAt(long end) {
    return end + graceMicros;
  }

  long forgetAt(long end) {
    return end + latenessMicros;
  }

  private static long micros(Duration duration) {
    return duration.toNanos() / 1_000;
  }
}
