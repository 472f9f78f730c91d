package dev.millrace.standalone.cli;

import dev.millrace.sink.Database;
import dev.millrace.sink.DatabaseConfig;
import dev.millrace.sink.MicrometerSinkMetrics;
import dev.millrace.sink.Sink;
import dev.millrace.sink.SinkConfig;
import dev.millrace.sink.SinkMetrics;
import dev.millrace.standalone.http.HttpConfig;
import dev.millrace.standalone.http.Watch;
import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the sink until it is stopped. */
@Command(
    name = "sink",
    description = {
      "Store every topic that has a table, exactly once, until stopped.",
      "Start as many as there are partitions to share; the tables are made by `migrate`."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example:",
      "  ./millrace sink --bootstrap-server localhost:9092 \\",
      "      --schema-registry-url http://localhost:8081 \\",
      "      --database-url postgresql://millrace@localhost:5432/millrace"
    })
final class SinkCommand implements Callable<Integer> {
  @Mixin private KafkaOptions kafka;
  @Mixin private DatabaseOptions database;
  @Mixin private HttpOptions http;
  @Mixin private SettingsOptions settings;

  @Option(
      names = "--writers",
      paramLabel = "N",
      description = "Batches written at a time, a connection each.")
  private String writers;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    var named = new LinkedHashMap<String, String>();
    kafka.into(named);
    database.into(named);
    http.into(named);
    SettingsOptions.put(named, "sink.writers", writers);
    var values = settings.settings(named);
    var connection = Connection.from(values);
    var sinkConfig = SinkConfig.from(values);
    var databaseConfig = DatabaseConfig.from(values);
    sinkConfig.requireConnections(values, databaseConfig);
    var httpConfig = HttpConfig.from(values);
    values.requireValid(Keys.ALL, Keys.PASSED_ON);
    try (var ending = new Ending();
        var watch = Watch.open(httpConfig, ending::isAsked);
        var pool = Database.open(databaseConfig);
        var sink =
            new Sink(
                connection.catalog(),
                sinkConfig,
                connection.registry(),
                pool.dataSource(),
                connection.kafka(),
                watch
                    .meters()
                    .<SinkMetrics>map(MicrometerSinkMetrics::new)
                    .orElse(SinkMetrics.NONE))) {
      watch.meters().ifPresent(pool::countIn);
      connection.requireBroker();
      pool.check();
      sink.start();
      watch.over(sink::check);
      return ending.await("sink", spec.commandLine().getErr(), watch.url(), sink::check);
    }
  }
}
