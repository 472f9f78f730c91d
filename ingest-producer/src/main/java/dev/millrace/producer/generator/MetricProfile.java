package dev.millrace.producer.generator;

import java.util.List;

/**
 * How a metric behaves on a normal day: {@code mean + amplitude * cos(hour - peak hour)} plus
 * Gaussian noise.
 *
 * @param key name of the metric
 * @param mean middle of the day's band, in the metric's unit
 * @param amplitude half the width of the day's band
 * @param noise standard deviation of one sample
 * @param peakHour hour of day, UTC, at which it is highest
 */
record MetricProfile(String key, double mean, double amplitude, double noise, double peakHour) {
  private static final double RADIANS_PER_HOUR = Math.PI / 12;

  /** What a tap measures. Levels keep below 0 dBFS, even when injected. */
  static final List<MetricProfile> ALL =
      List.of(
          new MetricProfile("pcm.rms_dbfs", -32, 3, 1.0, 14),
          new MetricProfile("pcm.peak_dbfs", -24, 3, 0.8, 14),
          new MetricProfile("pcm.noise_floor_dbfs", -66, 2, 0.7, 15),
          new MetricProfile("rtp.jitter_ms", 20, 4, 1.0, 11));

  /** The expected value at an hour of day, without noise. */
  double expected(double hourOfDay) {
    return mean + amplitude * Math.cos((hourOfDay - peakHour) * RADIANS_PER_HOUR);
  }

  /** What an injection adds: from anywhere in the band to {@code sigmas} beyond its far edge. */
  double deviation(double sigmas) {
    return 2 * amplitude + sigmas * noise;
  }
}
