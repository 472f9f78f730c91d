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
      "Run a sink or an aggregator at one rate for a while. Its heap after a collection, its memory",
      "and its open files must not grow from the middle third of the time to the last one, and its",
      "lag must stay under 5 s. Of a sink, the sessions must stay within its pool, and every record",
      "must be stored; of an aggregator, what is off its heap must not grow either, and every window",
      "of 5 s must count what was published."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example:",
      "  ./millrace bench soak --component sink --rate 20000 --minutes 10 --json",
      "  ./millrace bench soak --component aggregator --rate 50000 --series 20000 --minutes 10"
    })
public final class SoakCommand implements Callable<Integer> {
  private static final int SECONDS_A_MINUTE = 60;
  private static final int FEWEST_SAMPLES = 3;

  /** Longer than an aggregator may lag; its last windows close after it. */
  private static final Duration IDLE = Duration.ofSeconds(20);

  /** What can be soaked. */
  enum Component {
    SINK(20_000),
    AGGREGATOR(50_000);

    private final int rate;

    Component(int rate) {
      this.rate = rate;
    }
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
      description = "Records published a second. Default: 20000, for an aggregator 50000.")
  private Integer given;

  @Option(
      names = "--series",
      paramLabel = "N",
      defaultValue = "20000",
      description = "Series that an aggregator's samples are of. Default: ${DEFAULT-VALUE}.")
  private int series;

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
      description = "Keeps the servers' data and the component's log. Must be new or empty.")
  private Path folder;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws SQLException, IOException {
    var rate = given == null ? component.rate : given;
    if (rate < 1
        || series < 1
        || sampleSeconds < 1
        || minutes * SECONDS_A_MINUTE < FEWEST_SAMPLES * sampleSeconds) {
      throw new ParameterException(
          spec.commandLine(),
          "--rate, --series and --sample-seconds must be at least 1, and --minutes long enough for %d samples"
              .formatted(FEWEST_SAMPLES));
    }
    try (var kept = folder == null ? BenchFolder.scratch() : BenchFolder.kept(folder)) {
      var asked =
          new Asked(
              kept.path(), rate, Duration.ofMinutes(minutes), Duration.ofSeconds(sampleSeconds));
      var report =
          switch (component) {
            case SINK -> new SinkSoak(asked, this::tell).run();
            case AGGREGATOR -> new AggregatorSoak(asked, series, IDLE, this::tell).run();
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
