package dev.millrace.sink.maintain;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** {@link MaintenanceMetrics} as Micrometer meters, {@code millrace.maintenance.*}, by table. */
public final class MicrometerMaintenanceMetrics implements MaintenanceMetrics {
  private static final String PREFIX = "millrace.maintenance.";
  private static final String TABLE = "table";
  private static final String STEP = "step";

  private final MeterRegistry registry;
  private final Map<String, AtomicLong> waiting = new ConcurrentHashMap<>();

  public MicrometerMaintenanceMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void done(String table, Step step, long rows) {
    registry.counter(PREFIX + "steps", TABLE, table, STEP, step.label()).increment();
    registry.counter(PREFIX + "rows", TABLE, table, STEP, step.label()).increment((double) rows);
  }

  @Override
  public void failed(String table, String code) {
    registry.counter(PREFIX + "failures", TABLE, table, "code", code).increment();
  }

  @Override
  public void waiting(String table, long rows) {
    waiting
        .computeIfAbsent(
            table, each -> registry.gauge(PREFIX + "waiting", tags(each), new AtomicLong()))
        .set(rows);
  }

  private static Tags tags(String table) {
    return Tags.of(TABLE, table);
  }

  @Override
  public void passed(long nanos) {
    registry.timer(PREFIX + "passes").record(nanos, TimeUnit.NANOSECONDS);
  }
}
