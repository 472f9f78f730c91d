package dev.millrace.standalone.http;

import dev.millrace.failure.Health;
import dev.millrace.failure.Health.State;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * What one worker is watched by: a registry for its meters, and its health, over HTTP. Where {@link
 * HttpConfig#listen} is empty there is no registry, and nothing is counted.
 *
 * <p>It is open before the worker is made, so that a port that is taken is found first; until
 * {@link #over} is told of the worker, that is starting. Once the process is asked to stop it is
 * not ready any more. {@link #over} and {@link #close} are for one thread.
 */
public final class Watch implements AutoCloseable {
  /** Of Kafka's own meters, those that grow with topics, partitions and tasks: ours say as much. */
  private static final List<String> TOO_MANY = List.of("topic", "partition", "task.id", "node.id");

  private final BooleanSupplier stopping;
  private final Optional<PrometheusMeterRegistry> registry;
  private final Optional<Endpoints> endpoints;
  private final Optional<JvmGcMetrics> collector;
  private volatile Supplier<Health> check = () -> Health.of(State.WAITING, "starting");

  private Watch(HttpConfig config, BooleanSupplier stopping) {
    this.stopping = stopping;
    this.registry =
        config.listen().map(each -> new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
    this.endpoints =
        config
            .listen()
            .map(each -> Endpoints.open(each, registry.orElseThrow()::scrape, this::health));
    this.collector = registry.map(this::countProcess);
  }

  /**
   * Opens what the configuration asks for.
   *
   * @param stopping whether the process has been asked to stop
   * @throws dev.millrace.failure.MillraceException {@link HttpFailure}
   */
  public static Watch open(HttpConfig config, BooleanSupplier stopping) {
    return new Watch(config, stopping);
  }

  private JvmGcMetrics countProcess(MeterRegistry meters) {
    meters.config().meterFilter(MeterFilter.deny(Watch::isOneOfTooMany));
    var collected = new JvmGcMetrics();
    List.of(
            new JvmMemoryMetrics(),
            collected,
            new JvmThreadMetrics(),
            new ProcessorMetrics(),
            new UptimeMetrics())
        .forEach(binder -> binder.bindTo(meters));
    Gauge.builder("millrace.ready", this, watch -> watch.health().ready() ? 1 : 0).register(meters);
    return collected;
  }

  private static boolean isOneOfTooMany(Meter.Id id) {
    return id.getName().startsWith("kafka.")
        && TOO_MANY.stream().anyMatch(key -> id.getTag(key) != null);
  }

  /** Where the worker's meters go, if anybody asks for them. */
  public Optional<MeterRegistry> meters() {
    return registry.map(each -> each);
  }

  /** Where the endpoints are, {@code http://host:port}, if there are any. */
  public Optional<String> url() {
    return endpoints.map(Endpoints::url);
  }

  /** From now on this says how the worker is. */
  public void over(Supplier<Health> worker) {
    check = worker;
  }

  private Health health() {
    var health = check.get();
    return stopping.getAsBoolean() && health.live()
        ? Health.of(State.STOPPED, "asked to stop")
        : health;
  }

  @Override
  public void close() {
    endpoints.ifPresent(Endpoints::close);
    collector.ifPresent(JvmGcMetrics::close);
    registry.ifPresent(MeterRegistry::close);
  }
}
