package dev.millrace.bench.sink;

import dev.millrace.catalog.Millrace;
import dev.millrace.config.Settings;
import dev.millrace.failure.Health.State;
import dev.millrace.schema.RecordCatalog;
import dev.millrace.schema.wire.ConfluentSchemaRegistry;
import dev.millrace.sink.Database;
import dev.millrace.sink.DatabaseConfig;
import dev.millrace.sink.Sink;
import dev.millrace.sink.SinkConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * What a {@link SinkSide} runs: the product's sink over one topic, as often as it is told to. A
 * line is the name of the sink, for whom nothing is stored yet, and how many records there are; the
 * answer is a {@link SinkRun}. It ends with its input.
 */
final class SinkMain {
  private final Addresses addresses;
  private final RecordCatalog catalog;
  private final int writers;

  private SinkMain(Addresses addresses, RecordCatalog catalog, int writers) {
    this.addresses = addresses;
    this.catalog = catalog;
    this.writers = writers;
  }

  /**
   * Where everything is.
   *
   * @param bootstrapServers of Kafka
   * @param registryUrl of the schema registry
   * @param databaseUrl as JDBC takes it
   */
  record Addresses(String bootstrapServers, String registryUrl, String databaseUrl) {}

  /** Arguments: the three addresses, the topic in the catalogue, its prefix, writers. */
  public static void main(String[] args) throws IOException, InterruptedException {
    var type = Millrace.CATALOG.byTopic(args[3]);
    var main =
        new SinkMain(
            new Addresses(args[0], args[1], args[2]),
            new RecordCatalog(List.of(type)).prefixed(args[4]),
            Integer.parseInt(args[5]));
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (var line = in.readLine(); line != null; line = in.readLine()) {
      var words = line.split(" ", -1);
      System.out.println(main.run(words[0], Long.parseLong(words[1])));
    }
  }

  private String run(String group, long records) throws InterruptedException {
    var stopwatch = new Stopwatch(records);
    var registry = new ConfluentSchemaRegistry(addresses.registryUrl(), Map.of());
    var kafka = Map.of("bootstrap.servers", addresses.bootstrapServers());
    try (var pool = Database.open(DatabaseConfig.of(addresses.databaseUrl()));
        var sink =
            new Sink(catalog, config(group), registry, pool.dataSource(), kafka, stopwatch)) {
      sink.start();
      return finished(sink, stopwatch);
    }
  }

  private static String finished(Sink sink, Stopwatch stopwatch) throws InterruptedException {
    for (var line = stopwatch.await(); ; line = stopwatch.await()) {
      if (line.isPresent()) {
        return line.get();
      }
      var health = sink.check();
      if (health.state() == State.FAILED || health.state() == State.DEGRADED) {
        throw new IllegalStateException(String.join("; ", health.reasons()));
      }
    }
  }

  /** The defaults; partitions are made before, so that maintenance does not share the time. */
  private SinkConfig config(String group) {
    return SinkConfig.from(
        Settings.of(
            Map.of(
                "sink.group_id",
                group,
                "sink.writers",
                Integer.toString(writers),
                "sink.maintain_interval_ms",
                "0")));
  }
}
