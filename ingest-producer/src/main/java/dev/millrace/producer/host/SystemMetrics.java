package dev.millrace.producer.host;

import dev.millrace.schema.camera.MetricType;
import dev.millrace.schema.camera.SystemMetric;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns looks at the machine into system metrics; rates need the look before, so they begin with
 * the second. What the machine cannot tell is left out.
 */
final class SystemMetrics {
  private static final String COMPONENT = "host";
  private static final double BYTES_PER_KIB = 1_024;
  private static final double NANOS_PER_SECOND = 1e9;

  /** The table's column is DECIMAL(15,6). */
  private static final double LIMIT = 1e9;

  private final String host;
  private Machine.Counters before;
  private Instant beforeTime;

  SystemMetrics(String host) {
    this.host = host;
  }

  List<SystemMetric> of(Machine.Reading reading, Instant time) {
    var metrics = new ArrayList<SystemMetric>();
    add(metrics, "cpu.used_pct", "percent", reading.cpuPct(), time);
    add(metrics, "memory.used_pct", "percent", reading.memoryPct(), time);
    add(metrics, "swap.used_pct", "percent", reading.swapPct(), time);
    add(metrics, "load.1m", "count", reading.load(), time);
    add(metrics, "process.count", "count", reading.processes(), time);
    add(metrics, "thread.count", "count", reading.threads(), time);
    add(metrics, "cpu.temperature", "celsius", reading.celsius(), time);
    addRates(metrics, reading.counters(), time);
    return metrics;
  }

  private void addRates(List<SystemMetric> metrics, Machine.Counters now, Instant time) {
    if (before != null && beforeTime.isBefore(time)) {
      var seconds = Duration.between(beforeTime, time).toNanos() / NANOS_PER_SECOND;
      addRate(metrics, "disk.read", now.diskRead() - before.diskRead(), seconds, time);
      addRate(metrics, "disk.write", now.diskWritten() - before.diskWritten(), seconds, time);
      addRate(metrics, "net.rx", now.received() - before.received(), seconds, time);
      addRate(metrics, "net.tx", now.sent() - before.sent(), seconds, time);
    }
    before = now;
    beforeTime = time;
  }

  /** A counter that went back was reset: there is no rate until the next look. */
  private void addRate(
      List<SystemMetric> metrics, String name, long bytes, double seconds, Instant time) {
    if (bytes >= 0) {
      var rate = bytes / BYTES_PER_KIB / seconds;
      metrics.add(metric(name + "_kib_per_s", MetricType.rate, "KiB/s", rate, time));
    }
  }

  private void add(
      List<SystemMetric> metrics, String name, String unit, double value, Instant time) {
    if (Double.isFinite(value)) {
      metrics.add(metric(name, MetricType.gauge, unit, value, time));
    }
  }

  private SystemMetric metric(
      String name, MetricType type, String unit, double value, Instant time) {
    var fitting = Math.min(value, Math.nextDown(LIMIT));
    return new SystemMetric(name, type, COMPONENT, host, fitting, unit, null, time);
  }
}
