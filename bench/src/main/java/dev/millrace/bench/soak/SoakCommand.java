package dev.millrace.bench.soak;

import dev.millrace.bench.report.ReportJson;
import dev.millrace.bench.report.ReportTable;
import dev.millrace.bench.server.BenchFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs a component at one rate for a while, and looks whether anything grows. */
@Command(
    name = "soak",
    description = {
      "Run a sink at one rate for a while. Its heap after a collection, its memory and its open",
      "files must not grow from the middle third of the time to the last one, its lag must stay",
      "under 5 s, its sessions within its pool, and every record must be stored."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example:",
      "  ./millrace bench soak --component sink --rate 20000 --minutes 10 --json"
    })
public final class SoakCommand implements Callable<Integer> {
  private static final int SECONDS_A_MINUTE = 60;
  private static final int FEWEST_SAMPLES = 3;

  /** What can be soaked. */
  enum Component {
    SINK
  }

  @Option(
      names = "--component",
      paramLabel = "NAME",
      defaultValue = "sink",
      description = "What is run: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private Component component;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "20000",
      description = "Records published a second. Default: ${DEFAULT-VALUE}.")
  private int rate;

  @Option(
      names = "--minutes",
      paramLabel = "N",
      defaultValue = "10",
      description = "How long. Default: ${DEFAULT-VALUE}.")
  private int minutes;

  @Option(
      names = "--sample-seconds",
      paramLabel = "N",
      defaultValue = "10",
      description = "Time between two samples. Default: ${DEFAULT-VALUE}.")
  private int sampleSeconds;

  @Option(names = "--json", description = "Answer in JSON on stdout.")
  private boolean json;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "Keeps the servers' data and the sink's log. Must be new or empty.")
  private Path folder;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws SQLException, IOException {
    if (rate < 1
        || sampleSeconds < 1
        || minutes * SECONDS_A_MINUTE < FEWEST_SAMPLES * sampleSeconds) {
      throw new ParameterException(
          spec.commandLine(),
          "--rate and --sample-seconds must be at least 1, and --minutes long enough for %d samples"
              .formatted(FEWEST_SAMPLES));
    }
    try (var kept = folder == null ? BenchFolder.scratch() : BenchFolder.kept(folder)) {
      var options =
          new SinkSoak.Options(
              kept.path(), rate, Duration.ofMinutes(minutes), Duration.ofSeconds(sampleSeconds));
      var report =
          switch (component) {
            case SINK -> new SinkSoak(options, this::tell).run();
          };
      spec.commandLine().getOut().println(json ? ReportJson.of(report) : ReportTable.of(report));
      spec.commandLine().getOut().flush();
      return report.met() ? 0 : 1;
    }
  }

  private void tell(Sample sample) {
    spec.commandLine().getErr().println(sample);
    spec.commandLine().getErr().flush();
  }
}
