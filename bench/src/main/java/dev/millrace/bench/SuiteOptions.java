package dev.millrace.bench;

import dev.millrace.bench.report.Report;
import dev.millrace.bench.report.ReportJson;
import dev.millrace.bench.report.ReportTable;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What every suite takes: which of its benchmarks to run, how often, and how to answer. */
public final class SuiteOptions {
  private static final int TARGET_MISSED = 1;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(names = "--list", description = "Name the benchmarks of this suite, and run none.")
  private boolean list;

  @Option(
      names = "--only",
      paramLabel = "NAME",
      description = "Run this one; may be given several times.")
  private List<String> only = new ArrayList<>();

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "3",
      description = "Samples of each result; the median is reported. Default: ${DEFAULT-VALUE}.")
  private int rounds;

  @Option(names = "--json", description = "Answer in JSON on stdout.")
  private boolean json;

  /** Whether only the names are wanted; prints them then. */
  public boolean listed(List<String> names) {
    if (list) {
      names.forEach(command.commandLine().getOut()::println);
    }
    return list;
  }

  /**
   * Those of the suite's benchmarks that were asked for, in the suite's order.
   *
   * @throws ParameterException for a name the suite does not have, or less than one round
   */
  public List<String> selected(List<String> names) {
    for (var name : only) {
      if (!names.contains(name)) {
        throw wrong("there is no benchmark '%s'; there are %s".formatted(name, names));
      }
    }
    return only.isEmpty() ? names : names.stream().filter(only::contains).toList();
  }

  public int rounds() {
    if (rounds < 1) {
      throw wrong("--rounds is %d; it must be at least 1".formatted(rounds));
    }
    return rounds;
  }

  /** Whether the answer is for programs, for a suite whose figures are no {@link Report}. */
  public boolean json() {
    return json;
  }

  private ParameterException wrong(String message) {
    return new ParameterException(command.commandLine(), message);
  }

  /**
   * Prints what was found.
   *
   * @return the exit code: 0, or 1 if a target was missed
   */
  public int print(Report report) {
    var out = command.commandLine().getOut();
    out.println(json ? ReportJson.of(report) : ReportTable.of(report));
    out.flush();
    return report.met() ? CommandLine.ExitCode.OK : TARGET_MISSED;
  }
}
