package dev.millrace.standalone.cli;

import dev.millrace.aggregate.Aggregator;
import dev.millrace.aggregate.AggregatorConfig;
import dev.millrace.aggregate.AggregatorMetrics;
import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
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
  @Mixin private SettingsOptions settings;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    var named = new LinkedHashMap<String, String>();
    kafka.into(named);
    var values = settings.settings(named);
    var connection = Connection.from(values);
    var config = AggregatorConfig.from(values);
    values.requireValid(Keys.ALL, Keys.PASSED_ON);
    connection.requireBroker();
    try (var ending = new Ending();
        var aggregator =
            new Aggregator(
                connection.catalog(),
                config,
                connection.registry(),
                connection.kafka(),
                AggregatorMetrics.NONE)) {
      aggregator.start();
      return ending.await("aggregator", spec.commandLine().getErr(), aggregator::check);
    }
  }
}
