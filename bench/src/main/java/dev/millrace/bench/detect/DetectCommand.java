package dev.millrace.bench.detect;

import dev.millrace.bench.SuiteOptions;
import dev.millrace.bench.machine.Machine;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures what the detector finds, and how often it cries wolf. */
@Command(
    name = "detect",
    description = {
      "Measure what the detector finds in generated series with one anomaly of each type, how soon, whether",
      "it says the right type, and how often it alarms where nothing is wrong. A target is missed if clean",
      "series with a season have one false alarm or more in 10,000 windows, after three weeks.",
      "--rounds is the number of series of each shape and noise; --only takes 5s, 5m or 5m-sensitive."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Example:", "  ./millrace bench detect --only 5m --rounds 10 --seed 7 --json"})
public final class DetectCommand implements Callable<Integer> {
  private static final List<String> NAMES =
      Arrays.stream(Setting.values()).map(Setting::title).toList();
  private static final int TARGET_MISSED = 1;

  @Mixin private SuiteOptions suite;
  @Spec private CommandSpec spec;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "7",
      description = "Of the series. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--size",
      paramLabel = "FACTOR",
      defaultValue = "1",
      description = "On the height of the anomalies. Default: ${DEFAULT-VALUE}.")
  private double size;

  @Override
  public Integer call() {
    if (suite.listed(NAMES)) {
      return ExitCode.OK;
    }
    if (!(size > 0)) {
      throw new ParameterException(
          spec.commandLine(), "--size is %s; it must be above 0".formatted(size));
    }
    var selected = suite.selected(NAMES);
    var settings =
        Arrays.stream(Setting.values()).filter(each -> selected.contains(each.title())).toList();
    var report = DetectReport.measure(Machine.here(), settings, suite.rounds(), seed, size);
    var out = spec.commandLine().getOut();
    out.println(suite.json() ? report.json() : DetectTable.of(report));
    out.flush();
    return report.met() ? ExitCode.OK : TARGET_MISSED;
  }
}
