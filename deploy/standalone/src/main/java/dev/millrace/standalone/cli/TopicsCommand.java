package dev.millrace.standalone.cli;

import dev.millrace.catalog.Millrace;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.Table;
import dev.millrace.schema.topics.TopicCreator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists the catalogue's topics, or makes them. */
@Command(
    name = "topics",
    description = {
      "List the record types with their topics, keys and tables.",
      "With --create, make the topics that are not there yet and set their subjects' compatibility."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example:",
      "  ./millrace topics --create --bootstrap-server localhost:9092 \\",
      "      --schema-registry-url http://localhost:8081"
    })
final class TopicsCommand implements Callable<Integer> {
  @Mixin private KafkaOptions kafka;
  @Mixin private SettingsOptions settings;
  @Spec private CommandSpec spec;

  @Option(names = "--create", description = "Make what is missing.")
  private boolean create;

  @Option(
      names = "--replication-factor",
      paramLabel = "N",
      defaultValue = "-1",
      description = "Replicas of each partition; the broker's default if not given.")
  private short replication;

  @Override
  public Integer call() {
    if (create) {
      create();
    } else {
      Millrace.CATALOG.types().forEach(this::print);
    }
    return 0;
  }

  private void create() {
    var named = new LinkedHashMap<String, String>();
    kafka.into(named);
    var values = settings.settings(named);
    var connection = Connection.from(values);
    values.requireValid(Keys.ALL, Keys.PASSED_ON);
    try (var admin = connection.admin()) {
      List<String> made = new TopicCreator(admin, replication).create(connection.catalog());
      TopicCreator.setCompatibility(connection.catalog(), connection.registry());
      made.forEach(topic -> spec.commandLine().getOut().println("created " + topic));
      spec.commandLine().getOut().printf("%d topics created%n", made.size());
    }
  }

  private void print(RecordType type) {
    spec.commandLine()
        .getOut()
        .printf(
            "%-32s %-10s key %-46s %s%n",
            type.topic(),
            type.origin().name().toLowerCase(Locale.ROOT),
            String.join(",", type.key()),
            type.table().map(Table::toString).map(name -> "-> " + name).orElse(""));
  }
}
