package dev.millrace.standalone.cli;

import dev.millrace.aggregate.AggregationTopology;
import dev.millrace.aggregate.Aggregator;
import dev.millrace.aggregate.AggregatorConfig;
import dev.millrace.aggregate.AggregatorMetrics;
import dev.millrace.aggregate.MeterAggregatorMetrics;
import dev.millrace.aggregate.Reset;
import dev.millrace.aggregate.picture.TopologyPicture;
import dev.millrace.standalone.http.HttpConfig;
import dev.millrace.standalone.http.Watch;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import org.apache.kafka.streams.Topology;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs the aggregator until it is stopped. */
@Command(
    name = "aggregate",
    description = {
      "Fold raw topics into windows, learn baselines and publish anomalies, exactly once, until stopped.",
      "Start as many as there are partitions to share; the topics are made by `topics --create`."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example:",
      "  ./millrace aggregate --bootstrap-server localhost:9092 \\",
      "      --schema-registry-url http://localhost:8081 -D aggregator.threads=2"
    })
final class AggregateCommand implements Callable<Integer> {
  @Mixin private KafkaOptions kafka;
  @Mixin private HttpOptions http;
  @Mixin private SettingsOptions settings;
  @Spec private CommandSpec spec;

  @Option(
      names = "--describe",
      paramLabel = "FORM",
      description = "Print the topology as text or svg, and read nothing.")
  private Form describe;

  @Option(
      names = "--reset",
      description = {
        "Forget all state and read again from --from on; rows come out again and replace what they were.",
        "No other process of the application may run."
      })
  private boolean reset;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description =
          "With --reset: windows that begin before TIME (ISO 8601, UTC) stay as they are. Best a midnight. Until that day is"
              + " over, start again with -D aggregator.publish_from=TIME.")
  private Instant from;

  /** How the topology is printed. */
  enum Form {
    /** As Kafka Streams describes it. */
    text,
    /** As a picture. */
    svg
  }

  @Override
  public Integer call() throws InterruptedException {
    var named = new LinkedHashMap<String, String>();
    kafka.into(named);
    http.into(named);
    requireBoth();
    if (reset) {
      named.put("aggregator.publish_from", from.toString());
    }
    var values = settings.settings(named);
    var connection = Connection.from(values);
    var config = AggregatorConfig.from(values);
    var httpConfig = HttpConfig.from(values);
    values.requireValid(Keys.ALL, Keys.PASSED_ON);
    if (describe != null) {
      print(new AggregationTopology(connection.catalog(), config, connection.registry()).get());
      return 0;
    }
    if (reset) {
      connection.requireBroker();
      var done =
          new Reset(connection.catalog(), config, connection.registry())
              .to(from, connection.kafka());
      spec.commandLine()
          .getErr()
          .printf(
              "millrace: reset: %d topics of state deleted, %,d records to read again%n",
              done.deleted().size(), done.toRead());
    }
    try (var ending = new Ending();
        var watch = Watch.open(httpConfig, ending::isAsked);
        var aggregator =
            new Aggregator(
                connection.catalog(),
                config,
                connection.registry(),
                connection.kafka(),
                watch
                    .meters()
                    .<AggregatorMetrics>map(MeterAggregatorMetrics::new)
                    .orElse(AggregatorMetrics.NONE))) {
      connection.requireBroker();
      watch.meters().ifPresent(aggregator::countIn);
      aggregator.start();
      watch.over(aggregator::check);
      return ending.await(
          "aggregator", spec.commandLine().getErr(), watch.url(), aggregator::check);
    }
  }

  private void requireBoth() {
    if (reset != (from != null)) {
      throw new ParameterException(spec.commandLine(), "--reset and --from go together");
    }
  }

  private void print(Topology topology) {
    var description = topology.describe();
    var out = spec.commandLine().getOut();
    out.print(describe == Form.svg ? TopologyPicture.of(description) : description);
    out.flush();
  }
}
