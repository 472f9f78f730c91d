package dev.millrace.sink;

import dev.millrace.sink.maintain.MaintenanceMetrics;
import dev.millrace.sink.maintain.MicrometerMaintenanceMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** {@link SinkMetrics} as Micrometer meters, {@code millrace.sink.*}, by topic. */
public final class MicrometerSinkMetrics implements SinkMetrics {
  private static final String PREFIX = "millrace.sink.";
  private static final String TOPIC = "topic";
  private static final String CODE = "code";

  private final MeterRegistry registry;
  private final Map<Tags, AtomicLong> lags = new ConcurrentHashMap<>();

  public MicrometerSinkMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void read(String topic, int records) {
    registry.counter(PREFIX + "records.read", TOPIC, topic).increment(records);
  }

  @Override
  public void committed(String topic, int stored, long bytes, long nanos) {
    registry.counter(PREFIX + "rows.stored", TOPIC, topic).increment(stored);
    registry.counter(PREFIX + "bytes", TOPIC, topic).increment((double) bytes);
    registry.timer(PREFIX + "batches", TOPIC, topic).record(nanos, TimeUnit.NANOSECONDS);
  }

  @Override
  public void conflicted(String topic) {
    registry.counter(PREFIX + "conflicts", TOPIC, topic).increment();
  }

  @Override
  public void deadLettered(String topic, String code) {
    registry.counter(PREFIX + "dead.letters", TOPIC, topic, CODE, code).increment();
  }

  @Override
  public void retried(String topic, String code) {
    registry.counter(PREFIX + "retries", TOPIC, topic, CODE, code).increment();
  }

  @Override
  public void fenced(String topic) {
    registry.counter(PREFIX + "fenced", TOPIC, topic).increment();
  }

  @Override
  public void lag(String topic, int partition, long records) {
    var tags = Tags.of(TOPIC, topic, "partition", Integer.toString(partition));
    lags.computeIfAbsent(tags, each -> registry.gauge(PREFIX + "lag", each, new AtomicLong()))
        .set(records);
  }

  @Override
  public MaintenanceMetrics maintenance() {
    return new MicrometerMaintenanceMetrics(registry);
  }
}
