package dev.millrace.producer.generator;

import dev.millrace.schema.audio.Tap;
import java.time.Instant;
import java.util.random.RandomGenerator;

/** One metric at one tap of one station: its level, and the injection it is under. */
final class Series {
  private final String station;
  private final Tap tap;
  private final MetricProfile profile;
  private final double level;
  private Injection injection;

  /** A series whose values lie {@code level} above those of the profile. */
  Series(String station, Tap tap, MetricProfile profile, double level) {
    this.station = station;
    this.tap = tap;
    this.profile = profile;
    this.level = level;
  }

  Tap tap() {
    return tap;
  }

  String metric() {
    return profile.key();
  }

  boolean is(Injection wanted) {
    return wanted.station().equals(station)
        && wanted.tap() == tap
        && wanted.metric().equals(profile.key());
  }

  Injection begin(Instant from, Instant to, Injection.Kind kind, double sigmas) {
    return begin(new Injection(station, tap, profile.key(), from, to, kind, sigmas));
  }

  Injection begin(Injection begun) {
    injection = begun;
    return begun;
  }

  /** Whether nothing was injected since {@code time}. */
  boolean quietSince(Instant time) {
    return injection == null || injection.to().isBefore(time);
  }

  double value(Instant time, double hourOfDay, RandomGenerator random) {
    var normal = level + profile.expected(hourOfDay) + profile.noise() * random.nextGaussian();
    if (injection == null || !time.isBefore(injection.to())) {
      return normal;
    }
    return normal + injection.kind().sign() * profile.deviation(injection.sigmas());
  }
}
