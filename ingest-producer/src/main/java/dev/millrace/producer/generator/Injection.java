package dev.millrace.producer.generator;

import dev.millrace.schema.audio.Tap;
import java.time.Instant;
import java.util.Objects;

/**
 * A stretch of one series that is not normal, and says so: what a detector should find.
 *
 * @param station station key
 * @param tap the tap
 * @param metric the metric
 * @param from event time of the first sample that deviates
 * @param to end, exclusive
 * @param kind which way
 * @param sigmas how far beyond the metric's daily band, in standard deviations of its noise
 */
public record Injection(
    String station, Tap tap, String metric, Instant from, Instant to, Kind kind, double sigmas) {

  /** Which way an injection goes. */
  public enum Kind {
    SPIKE(1),
    DROP(-1);

    private final int sign;

    Kind(int sign) {
      this.sign = sign;
    }

    int sign() {
      return sign;
    }
  }

  public Injection {
    Objects.requireNonNull(station);
    Objects.requireNonNull(tap);
    Objects.requireNonNull(metric);
    Objects.requireNonNull(kind);
    if (!from.isBefore(to)) {
      throw new IllegalArgumentException("an injection from " + from + " to " + to);
    }
  }
}
