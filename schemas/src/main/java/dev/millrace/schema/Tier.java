package dev.millrace.schema;

import java.time.Duration;

/**
 * A window length. The tiers form a cascade: each is a whole multiple of the one before, so a
 * window of one tier lies in exactly one window of the next. Windows begin at multiples of their
 * length since the epoch, in UTC.
 */
public enum Tier {
  FIVE_SECONDS("5s", Duration.ofSeconds(5)),
  ONE_MINUTE("1m", Duration.ofMinutes(1)),
  FIVE_MINUTES("5m", Duration.ofMinutes(5)),
  ONE_HOUR("1h", Duration.ofHours(1)),
  ONE_DAY("1d", Duration.ofDays(1));

  private final String label;
  private final long micros;

  Tier(String label, Duration length) {
    this.label = label;
    this.micros = length.toNanos() / 1000;
  }

  /** The tier as topic names show it, e.g. {@code 5s}. */
  public String label() {
    return label;
  }

  /** Length in microseconds. */
  public long micros() {
    return micros;
  }

  /** Begin of the window that holds {@code timeMicros} (microseconds since the epoch, any sign). */
  public long begin(long timeMicros) {
    return Math.floorDiv(timeMicros, micros) * micros;
  }

  /** End, exclusive, of the window that begins at {@code beginMicros}. */
  public long end(long beginMicros) {
    return beginMicros + micros;
  }
}
