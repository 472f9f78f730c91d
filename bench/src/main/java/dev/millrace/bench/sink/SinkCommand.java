package dev.millrace.bench.sink;

import dev.millrace.bench.SuiteOptions;
import dev.millrace.bench.report.Report;
import dev.millrace.bench.server.Flavour;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures the sink beside psql's \copy and Debezium's JDBC sink. */
@Command(
    name = "sink",
    description = {
      "Measure the sink beside psql's \\copy and Debezium's JDBC sink, with the tables' own indexes.",
      "Needs an installed PostgreSQL; Debezium is fetched by Maven when it is first measured."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Example:", "  ./millrace bench sink --only copy_indexed --only cpu_per_million"})
public final class SinkCommand implements Callable<Integer> {
  private static final List<String> NAMES =
      Arrays.stream(SinkBenchmark.values()).map(SinkBenchmark::title).toList();

  @Mixin private SuiteOptions suite;
  @Spec private CommandSpec spec;

  @Option(
      names = "--flavour",
      paramLabel = "NAME",
      defaultValue = "postgresql",
      description = "One of ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private Flavour flavour;

  @Option(
      names = "--pg-bin",
      paramLabel = "DIR",
      description = "Programs of the PostgreSQL to use. Without it, those that pg_config names.")
  private Path programs;

  @Option(
      names = "--rows",
      paramLabel = "N",
      defaultValue = "1000000",
      description = "Records of a run. Default: ${DEFAULT-VALUE}.")
  private long rows;

  @Option(
      names = "--bare-rows",
      paramLabel = "N",
      defaultValue = "5000000",
      description = "Records of a run of copy_bare. Default: ${DEFAULT-VALUE}.")
  private long bareRows;

  @Option(
      names = "--warm-up-seconds",
      paramLabel = "N",
      defaultValue = "60",
      description = "Length of the runs that warm up a side. Default: ${DEFAULT-VALUE}.")
  private int warmUpSeconds;

  @Option(
      names = "--latency-seconds",
      paramLabel = "N",
      defaultValue = "30",
      description = "Length of a round of latency. Default: ${DEFAULT-VALUE}.")
  private int latencySeconds;

  @Override
  public Integer call() throws Exception {
    if (suite.listed(NAMES)) {
      return 0;
    }
    var selected = suite.selected(NAMES);
    var benchmarks =
        Arrays.stream(SinkBenchmark.values()).filter(b -> selected.contains(b.title())).toList();
    var home = Path.of(System.getProperty("millrace.home", "."));
    try (var scene = Scene.open(flavour, programs, home, spec.commandLine().getErr())) {
      var loads = Loads.of(rows, bareRows);
      var effort = new SinkSuite.Effort(warmUpSeconds, suite.rounds(), latencySeconds);
      var results = new SinkSuite(scene, loads, effort).measure(benchmarks);
      return suite.print(new Report("sink", scene.machine(), suite.rounds(), results));
    }
  }
}
