package dev.millrace.aggregate.series;

import dev.millrace.aggregate.anomaly.Watch;
import dev.millrace.aggregate.window.SeriesWindows;
import java.util.Arrays;
import org.apache.avro.generic.GenericRecord;

/**
 * Everything that is kept of one series: its windows, its incident, who it is, and when it last
 * arrived. Used by one thread.
 */
final class SeriesState {
  private final int measure;
  private final String metric;
  private final SeriesWindows windows;
  private final Watch watch;
  private GenericRecord identity;
  private long arrivalMs;
  private byte[] scopeKey;
  private byte[] identityBytes;

  SeriesState(
      int measure, String metric, GenericRecord identity, SeriesWindows windows, Watch watch) {
    this.measure = measure;
    this.metric = metric;
    this.identity = identity;
    this.windows = windows;
    this.watch = watch;
  }

  /** Index of the folded field in the fold's measures. */
  int measure() {
    return measure;
  }

  String metric() {
    return metric;
  }

  SeriesWindows windows() {
    return windows;
  }

  Watch watch() {
    return watch;
  }

  /** Dimensions and latest labels. */
  GenericRecord identity() {
    return identity;
  }

  void identity(GenericRecord latest) {
    identity = latest;
    identityBytes = null;
  }

  /** The identity as it was last encoded, until it changes; or null. */
  byte[] identityBytes() {
    return identityBytes;
  }

  void identityBytes(byte[] encoded) {
    identityBytes = encoded;
  }

  /** When the latest sample arrived, by the wall clock. */
  long arrivalMs() {
    return arrivalMs;
  }

  void arrived(long nowMs) {
    arrivalMs = nowMs;
  }

  /** The key of its baseline scope, once it was asked for; or null. */
  byte[] scopeKey() {
    return scopeKey;
  }

  void scopeKey(byte[] key) {
    scopeKey = Arrays.copyOf(key, key.length);
  }

  /** Whether nothing is left to publish until another sample comes. */
  boolean quiet() {
    return !windows.anythingOpen() && !watch.hasOpenIncident();
  }
}
