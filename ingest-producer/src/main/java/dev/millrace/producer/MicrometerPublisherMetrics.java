package dev.millrace.producer;

import dev.millrace.failure.FailureCode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Publisher metrics as Micrometer meters, each with the tag {@code topic}:
 *
 * <ul>
 *   <li>{@code millrace.publisher.accepted}, {@code .acknowledged}, {@code .bytes}: counters
 *   <li>{@code millrace.publisher.failed}, {@code .rejected}: counters, also by {@code code} and
 *       {@code owner}
 *   <li>{@code millrace.publisher.latency}: timer, from publish to acknowledgement
 *   <li>{@code millrace.publisher.in.flight}: gauge
 * </ul>
 */
public final class MicrometerPublisherMetrics implements PublisherMetrics {
  private static final String PREFIX = "millrace.publisher.";

  private final MeterRegistry registry;
  private final Map<String, TopicMeters> topics = new ConcurrentHashMap<>();

  public MicrometerPublisherMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void accepted(String topic) {
    var meters = of(topic);
    meters.inFlight.incrementAndGet();
    meters.accepted.increment();
  }

  @Override
  public void acknowledged(String topic, int bytes, long nanos) {
    var meters = of(topic);
    meters.inFlight.decrementAndGet();
    meters.acknowledged.increment();
    meters.bytes.increment(bytes);
    meters.latency.record(nanos, TimeUnit.NANOSECONDS);
  }

  @Override
  public void failed(String topic, FailureCode code) {
    of(topic).inFlight.decrementAndGet();
    counted("failed", topic, code);
  }

  @Override
  public void rejected(String topic, FailureCode code) {
    counted("rejected", topic, code);
  }

  /** Failures are rare enough to look their counter up. */
  private void counted(String what, String topic, FailureCode code) {
    var tags = Tags.of("topic", topic, "code", code.name(), "owner", code.owner().name());
    registry.counter(PREFIX + what, tags).increment();
  }

  private TopicMeters of(String topic) {
    var known = topics.get(topic);
    return known == null ? topics.computeIfAbsent(topic, this::meters) : known;
  }

  private TopicMeters meters(String topic) {
    var tags = Tags.of("topic", topic);
    var inFlight = new AtomicLong();
    Gauge.builder(PREFIX + "in.flight", inFlight, AtomicLong::get).tags(tags).register(registry);
    return new TopicMeters(
        registry.counter(PREFIX + "accepted", tags),
        registry.counter(PREFIX + "acknowledged", tags),
        registry.counter(PREFIX + "bytes", tags),
        registry.timer(PREFIX + "latency", tags),
        inFlight);
  }

  private record TopicMeters(
      Counter accepted, Counter acknowledged, Counter bytes, Timer latency, AtomicLong inFlight) {}
}
