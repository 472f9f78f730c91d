package dev.millrace.standalone.cli;

import dev.millrace.aggregate.Aggregator;
import dev.millrace.aggregate.AggregatorConfig;
import dev.millrace.aggregate.AggregatorMetrics;
import dev.millrace.aggregate.MeterAggregatorMetrics;
import dev.millrace.standalone.http.HttpConfig;
import dev.millrace.standalone.http.Watch;
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
  @Mixin private HttpOptions http;
  @Mixin private SettingsOptions settings;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    var named = new LinkedHashMap<String, String>();
    kafka.into(named);
    http.into(named);
    var values = settings.settings(named);
    var connection = Connection.from(values);
    var config = AggregatorConfig.from(values);
    var httpConfig = HttpConfig.from(values);
    values.requireValid(Keys.ALL, Keys.PASSED_ON);
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
}
