package dev.millrace.standalone.cli;

import dev.millrace.producer.generator.GeneratorConfig;
import dev.millrace.standalone.demo.Demo;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the whole pipeline in one process. */
@Command(
    name = "demo",
    description = {
      "Run the whole pipeline in one process: Kafka, PostgreSQL, a schema registry, and all of Millrace,",
      "fed with generated audio and with the measurements of this machine. Ends with the books: exit code 0"
          + " only if nothing published is missing or there twice, and 9 in 10 injected anomalies were found."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Example:", "  ./millrace demo --for 60s"})
final class DemoCommand implements Callable<Integer> {
  /** A day of history on a small machine, with injections few enough to tell apart. */
  private static final Map<String, String> DEFAULTS =
      Map.of(
          "generator.stations", "2",
          "generator.warm_up_ms", Long.toString(Duration.ofHours(6).toMillis()),
          "generator.injection_gap_ms", Long.toString(Duration.ofMinutes(30).toMillis()));

  @Mixin private SettingsOptions settings;
  @Spec private CommandSpec spec;

  @Option(
      names = "--for",
      paramLabel = "TIME",
      converter = Durations.class,
      description = "Feed the pipeline this long, e.g. 60s; until Ctrl-C if not given.")
  private Duration length;

  @Option(
      names = "--history",
      paramLabel = "TIME",
      converter = Durations.class,
      defaultValue = "25h",
      description = "How much of the past is generated first; ${DEFAULT-VALUE} if not given.")
  private Duration history;

  @Option(names = "--json", description = "Print the summary as JSON on stdout.")
  private boolean json;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "Keep the data here; a temporary folder if not given.")
  private Path dataDir;

  @Option(names = "--kafka-port", paramLabel = "PORT", description = "A free one if not given.")
  private int kafkaPort;

  @Option(names = "--database-port", paramLabel = "PORT", description = "A free one if not given.")
  private int databasePort;

  @Option(names = "--registry-port", paramLabel = "PORT", description = "A free one if not given.")
  private int registryPort;

  @Override
  public Integer call() throws Exception {
    var values = settings.settings(Map.of(), DEFAULTS);
    var generated = GeneratorConfig.from(values);
    values.requireValid(Keys.ALL, Keys.PASSED_ON);
    var options =
        new Demo.Options(
            Optional.ofNullable(length),
            Optional.ofNullable(dataDir),
            kafkaPort,
            databasePort,
            registryPort,
            history,
            generated);
    var out = spec.commandLine().getOut();
    try (var ending = new Ending()) {
      var summary = new Demo(options, spec.commandLine().getErr(), ending.asked()).run();
      if (json) {
        out.println(summary.toJson());
      } else {
        summary.print(out);
      }
      out.flush();
      return ending.with(summary.passes() ? 0 : CommandErrors.DATA);
    }
  }
}
