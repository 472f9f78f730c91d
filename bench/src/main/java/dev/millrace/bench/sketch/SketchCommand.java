package dev.millrace.bench.sketch;

import dev.millrace.bench.SuiteOptions;
import dev.millrace.bench.machine.Machine;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures the sketch of the windows beside those it was chosen over. */
@Command(
    name = "sketch",
    description = {
      "Measure the sketch that windows keep beside DDSketch, KLL and t-digest: errors, bytes, whether",
      "the same values give the same answers and bytes again, and the time to add and to merge."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Example:", "  ./millrace bench sketch --only ours --only kll --json"})
public final class SketchCommand implements Callable<Integer> {
  private static final List<String> NAMES =
      Arrays.stream(Sketch.values()).map(Sketch::title).toList();

  @Mixin private SuiteOptions suite;
  @Spec private CommandSpec spec;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "7",
      description = "Of the values and of their orders. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Override
  public Integer call() {
    if (suite.listed(NAMES)) {
      return 0;
    }
    var selected = suite.selected(NAMES);
    var sketches =
        Arrays.stream(Sketch.values()).filter(each -> selected.contains(each.title())).toList();
    var costs = new Costs(sketches, suite.rounds(), seed).measure();
    var findings = new Accuracy(sketches, seed).measure();
    var report = new SketchReport(Machine.here(), seed, findings, costs);
    var out = spec.commandLine().getOut();
    out.println(suite.json() ? report.json() : SketchTable.of(report));
    out.flush();
    return 0;
  }
}
