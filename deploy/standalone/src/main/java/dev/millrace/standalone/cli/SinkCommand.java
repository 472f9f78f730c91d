package dev.millrace.standalone.cli;

import dev.millrace.sink.Database;
import dev.millrace.sink.DatabaseConfig;
import dev.millrace.sink.Sink;
import dev.millrace.sink.SinkConfig;
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
    SettingsOptions.put(named, "sink.writers", writers);
    var values = settings.settings(named);
    var connection = Connection.from(values);
    var sinkConfig = SinkConfig.from(values);
    var databaseConfig = DatabaseConfig.from(values);
    sinkConfig.requireConnections(values, databaseConfig);
    values.requireValid(Keys.ALL, Keys.PASSED_ON);
    connection.requireBroker();
    try (var ending = new Ending();
        var pool = Database.open(databaseConfig);
        var sink =
            new Sink(
                connection.catalog(),
                sinkConfig,
                connection.registry(),
                pool.dataSource(),
                connection.kafka())) {
      pool.check();
      sink.start();
      return ending.await("sink", spec.commandLine().getErr(), sink::check);
    }
  }
}
