package dev.millrace.standalone.cli;

import dev.millrace.producer.Publisher;
import dev.millrace.producer.PublisherConfig;
import dev.millrace.producer.source.SourceFormat;
import dev.millrace.producer.source.SourceOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Publishes the records of a file or of standard input. */
@Command(
    name = "publish",
    description = {
      "Publish records from a file or standard input.",
      "Columns and fields meet by name. Times are ISO 8601 or epoch numbers. A bad line is reported with"
          + " its number and reason, and the rest is published; the exit code is 1 if any line was bad."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example:",
      "  ./millrace publish hub.samples --bootstrap-server localhost:9092 \\",
      "      --schema-registry-url http://localhost:8081 --format csv --time-column timestamp \\",
      "      --set asset_id=nyc --set metric_name=taxi nyc_taxi.csv"
    })
final class PublishCommand implements Callable<Integer> {
  @Mixin private KafkaOptions kafka;
  @Mixin private SettingsOptions settings;
  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "TOPIC",
      description = "Topic, as `millrace topics` lists it.")
  private String topic;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "FILE",
      defaultValue = "-",
      description = "Input; - is standard input, the default.")
  private Path input;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "csv or ndjson; by default, what the file's name ends with, else ndjson.")
  private SourceFormat format;

  @Option(
      names = "--time-column",
      paramLabel = "COLUMN",
      description = "Column that holds the event time, where it is not named like the field.")
  private String timeColumn;

  @Option(
      names = "--set",
      paramLabel = "FIELD=VALUE",
      description = "Give a field of every record this value; may be given again.")
  private Map<String, String> constants = Map.of();

  @Option(
      names = "--dead-letter",
      paramLabel = "FILE",
      description = "Keep the bad lines in this file, as they were.")
  private Path deadLetter;

  @Override
  public Integer call() throws IOException {
    var named = new LinkedHashMap<String, String>();
    kafka.into(named);
    var values = settings.settings(named);
    var connection = Connection.from(values);
    var config = PublisherConfig.from(values);
    values.requireValid(Keys.ALL, Keys.PASSED_ON);
    var type = connection.catalog().byTopic(topic);
    var options = new SourceOptions(Optional.ofNullable(timeColumn), constants);
    try (var lines = InputLines.open(input);
        var rejects = Rejects.to(Optional.ofNullable(deadLetter), lines.header(format()), err());
        var source = format().open(type, options, lines.reader());
        var publisher =
            Publisher.open(
                connection.catalog(), config, connection.registry(), connection.kafka())) {
      var published = new LinePublisher(publisher, type, rejects).run(source, lines);
      spec.commandLine()
          .getOut()
          .printf(
              Locale.ROOT,
              "published %,d records to %s, %,d bad lines%n",
              published,
              type.topic(),
              rejects.count());
      return rejects.count() == 0 ? 0 : CommandErrors.DATA;
    }
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }

  private SourceFormat format() {
    if (format != null) {
      return format;
    }
    var name = input.toString().toLowerCase(Locale.ROOT);
    return name.endsWith(".csv") ? SourceFormat.CSV : SourceFormat.NDJSON;
  }
}
