package dev.millrace.bench.aggregate;

import dev.millrace.bench.SuiteOptions;
import dev.millrace.bench.machine.Machine;
import dev.millrace.bench.report.Comparison;
import dev.millrace.bench.report.Report;
import dev.millrace.bench.server.BenchFolder;
import dev.millrace.bench.server.BrokerProcess;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures the aggregator beside the Streams DSL, a pass-through and a bare consumer. */
@Command(
    name = "aggregate",
    description = {
      "Measure the aggregator beside the same windows in the Streams DSL, a pass-through of the same",
      "samples and a consumer that decodes them. Every side is exactly-once, with one stream thread.",
      "And the time from the end of a window until its row is in the database."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Example:", "  ./millrace bench aggregate --only dsl_memory --only passthrough"})
public final class AggregateCommand implements Callable<Integer> {
  private static final List<String> NAMES =
      Arrays.stream(AggregateBenchmark.values()).map(AggregateBenchmark::title).toList();

  @Mixin private SuiteOptions suite;
  @Spec private CommandSpec spec;

  @Option(
      names = "--samples",
      paramLabel = "N",
      defaultValue = "2000000",
      description = "Samples of a run. Default: ${DEFAULT-VALUE}.")
  private long samples;

  @Option(
      names = "--series",
      paramLabel = "N",
      defaultValue = "2000",
      description = "Series that they are of; of many, a hundred times. Default: ${DEFAULT-VALUE}.")
  private int series;

  @Option(
      names = "--hertz",
      paramLabel = "N",
      defaultValue = "1",
      description = "Samples a second of each series. Default: ${DEFAULT-VALUE}.")
  private int hertz;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "1",
      description = "Stream threads of every side. Default: ${DEFAULT-VALUE}.")
  private int threads;

  @Option(
      names = "--warm-up-seconds",
      paramLabel = "N",
      defaultValue = "30",
      description = "Length of the runs that warm up a side. Default: ${DEFAULT-VALUE}.")
  private int warmUpSeconds;

  @Option(
      names = "--latency-seconds",
      paramLabel = "N",
      defaultValue = "30",
      description = "Length of a round of window_latency. Default: ${DEFAULT-VALUE}.")
  private int latencySeconds;

  @Override
  public Integer call() throws Exception {
    if (suite.listed(NAMES)) {
      return 0;
    }
    var selected = suite.selected(NAMES);
    var contests =
        Arrays.stream(AggregateBenchmark.values())
            .filter(each -> selected.contains(each.title()))
            .filter(AggregateBenchmark::isContest)
            .toList();
    var measured = new ArrayList<Comparison>();
    if (!contests.isEmpty()) {
      measured.addAll(contests(contests));
    }
    if (selected.contains(AggregateBenchmark.WINDOW_LATENCY.title())) {
      measured.add(latency());
    }
    return suite.print(new Report("aggregate", Machine.here(), suite.rounds(), measured));
  }

  private List<Comparison> contests(List<AggregateBenchmark> benchmarks) throws Exception {
    var size =
        new AggregateSuite.Size(samples, series, hertz, threads, warmUpSeconds, suite.rounds());
    try (var folder = BenchFolder.scratch();
        var broker = BrokerProcess.start(folder.path().resolve("broker"))) {
      return new AggregateSuite(broker, folder.path(), size, spec.commandLine().getErr())
          .measure(benchmarks);
    }
  }

  private Comparison latency() throws Exception {
    var length = new WindowLatency.Length(warmUpSeconds, suite.rounds(), latencySeconds);
    try (var folder = BenchFolder.scratch()) {
      return new WindowLatency(folder.path(), length, spec.commandLine().getErr()).measure();
    }
  }
}
