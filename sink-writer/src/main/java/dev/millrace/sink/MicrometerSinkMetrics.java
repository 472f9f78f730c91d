package dev.millrace.sink;

import dev.millrace.sink.maintain.MaintenanceMetrics;
import dev.millrace.sink.maintain.MicrometerMaintenanceMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.Consumer;

/**
 * {@link SinkMetrics} as Micrometer meters, {@code millrace.sink.*}, by topic and partition. Meters
 * of a partition that went to another sink stay, and stand still. A partition costs 22 time series
 * in Prometheus, 15 of them for the time that batches take, and some more when something fails.
 */
public final class MicrometerSinkMetrics implements SinkMetrics {
  private static final String PREFIX = "millrace.sink.";
  private static final String CODE = "code";
  private static final double MILLIS_IN_A_SECOND = 1_000;

  /** Between a batch of one row and one that waits for a lock: a bucket each, a partition. */
  private static final Duration[] LATENCIES =
      LongStream.of(5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000)
          .mapToObj(Duration::ofMillis)
          .toArray(Duration[]::new);

  private final MeterRegistry registry;
  private final Map<Gauge, AtomicLong> gauges = new ConcurrentHashMap<>();
  private final AtomicReference<KafkaClientMetrics> client = new AtomicReference<>();

  public MicrometerSinkMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  private record Gauge(String name, Tags tags) {}

  private static Tags tags(String topic, int partition) {
    return Tags.of("topic", topic, "partition", Integer.toString(partition));
  }

  private void count(String name, Tags tags, double amount) {
    registry.counter(PREFIX + name, tags).increment(amount);
  }

  @Override
  public void read(String topic, int partition, int records) {
    count("records.read", tags(topic, partition), records);
  }

  @Override
  public void committed(String topic, int partition, int stored, long bytes, long nanos) {
    var tags = tags(topic, partition);
    count("rows.stored", tags, stored);
    count("bytes", tags, (double) bytes);
    batches(tags).record(nanos, TimeUnit.NANOSECONDS);
  }

  private Timer batches(Tags tags) {
    return Timer.builder(PREFIX + "batches")
        .tags(tags)
        .serviceLevelObjectives(LATENCIES)
        .register(registry);
  }

  @Override
  public void conflicted(String topic, int partition) {
    count("conflicts", tags(topic, partition), 1);
  }

  @Override
  public void deadLettered(String topic, int partition, String code) {
    count("dead.letters", tags(topic, partition).and(CODE, code), 1);
  }

  @Override
  public void retried(String topic, int partition, String code) {
    count("retries", tags(topic, partition).and(CODE, code), 1);
  }

  @Override
  public void fenced(String topic, int partition) {
    count("fenced", tags(topic, partition), 1);
  }

  @Override
  public void givenBack(String topic, int partition, int records) {
    count("records.given.back", tags(topic, partition), records);
  }

  @Override
  public void inFlight(String topic, int partition, int records) {
    set("records.in.flight", tags(topic, partition), records, 1);
  }

  @Override
  public void lag(String topic, int partition, long records, long millis) {
    set("lag", tags(topic, partition), records, 1);
    set("lag.seconds", tags(topic, partition), millis, MILLIS_IN_A_SECOND);
  }

  private void set(String name, Tags tags, long value, double unit) {
    gauges
        .computeIfAbsent(
            new Gauge(name, tags),
            each ->
                registry.gauge(
                    PREFIX + name, tags, new AtomicLong(), held -> (double) held.get() / unit))
        .set(value);
  }

  @Override
  public void consuming(Consumer<?, ?> consumer) {
    var metrics = new KafkaClientMetrics(consumer);
    metrics.bindTo(registry);
    client.set(metrics);
  }

  /** Ends the thread that looks for new meters of Kafka's client, and removes them. */
  @Override
  public void consumed() {
    Optional.ofNullable(client.getAndSet(null)).ifPresent(KafkaClientMetrics::close);
  }

  @Override
  public MaintenanceMetrics maintenance() {
    return new MicrometerMaintenanceMetrics(registry);
  }
}
