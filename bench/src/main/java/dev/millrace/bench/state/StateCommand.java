package dev.millrace.bench.state;

import dev.millrace.bench.machine.Machine;
import dev.millrace.bench.report.Figure;
import dev.millrace.bench.report.Figures;
import dev.millrace.bench.report.ReportJson;
import dev.millrace.bench.report.ReportTable;
import dev.millrace.bench.server.BenchFolder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Says what the aggregator's state costs. */
@Command(
    name = "state",
    description = {
      "Say what the aggregator's state costs: bytes of heap and of changelog a series, bytes written",
      "to the changelog a sample, and the time until a process that was killed has its state again."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Example:", "  ./millrace bench state --series 10000,200000 --standby --json"})
public final class StateCommand implements Callable<Integer> {
  @Option(
      names = "--series",
      paramLabel = "N",
      split = ",",
      defaultValue = "10000,200000",
      description = "How many series, each with a broker of its own. Default: ${DEFAULT-VALUE}.")
  private List<Integer> series;

  @Option(
      names = "--samples-per-series",
      paramLabel = "N",
      defaultValue = "60",
      description = "Samples of each, a second apart in event time. Default: ${DEFAULT-VALUE}.")
  private int samplesPerSeries;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "50000",
      description = "Samples published a second. Default: ${DEFAULT-VALUE}.")
  private int rate;

  @Option(
      names = "--standby",
      description =
          "Also measure how soon another process takes over, without a standby and with one.")
  private boolean standby;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "3",
      description = "How often what is timed is timed. Default: ${DEFAULT-VALUE}.")
  private int rounds;

  @Option(names = "--json", description = "Answer in JSON on stdout.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    if (series.stream().anyMatch(each -> each < 2)
        || samplesPerSeries < 1
        || rate < 1
        || rounds < 1) {
      throw new ParameterException(
          spec.commandLine(),
          "--series must be at least 2; --samples-per-series, --rate and --rounds at least 1");
    }
    var found = new ArrayList<Figure>();
    for (var each : series) {
      try (var folder = BenchFolder.scratch()) {
        var size = new StateSuite.Size(each, samplesPerSeries, rate, rounds, standby);
        found.addAll(new StateSuite(folder.path(), size, this::tell).measure());
      }
    }
    var figures = new Figures("state", Machine.here(), rounds, found);
    spec.commandLine().getOut().println(json ? ReportJson.of(figures) : ReportTable.of(figures));
    spec.commandLine().getOut().flush();
    return 0;
  }

  private void tell(String line) {
    spec.commandLine().getErr().println(line);
    spec.commandLine().getErr().flush();
  }
}
