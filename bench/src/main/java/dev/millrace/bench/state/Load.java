package dev.millrace.bench.state;

import dev.millrace.bench.server.BrokerProcess;
import dev.millrace.bench.site.Waiting;
import dev.millrace.bench.traffic.Publishing;
import dev.millrace.bench.traffic.SteadySamples;
import dev.millrace.schema.wire.ConfluentSchemaRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/**
 * The samples of half of the series: one a second of each in event time, from the beginning of an
 * hour on, whatever rate they are published at. One thread.
 */
final class Load implements AutoCloseable {
  private static final Duration LONGEST = Duration.ofHours(6);

  private final long samples;
  private final Publishing publishing;

  /**
   * Publishes nothing yet.
   *
   * @param tenant whose series they are
   * @param series how many
   * @param perSeries samples of each
   * @param rate samples published a second
   */
  Load(BrokerProcess broker, String tenant, int series, int perSeries, int rate) {
    var from = Instant.now().truncatedTo(ChronoUnit.HOURS).minus(1, ChronoUnit.DAYS);
    var registry = new ConfluentSchemaRegistry(broker.registryUrl(), Map.of());
    samples = (long) series * perSeries;
    publishing =
        new Publishing(
            List.of(new SteadySamples(tenant, series, series, from)),
            rate,
            broker.kafka(),
            registry);
  }

  /** Publishes them at the rate. */
  void publish() {
    publishing.start();
    Waiting.until("the samples to be published", LONGEST, () -> published() >= samples);
    publishing.finish();
  }

  /** Publishes so many more, at once. */
  void publish(long more) {
    publishing.publish(more);
  }

  long published() {
    return publishing.published();
  }

  @Override
  public void close() {
    publishing.close();
  }
}
