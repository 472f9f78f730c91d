package dev.millrace.bench.rounds;

import dev.millrace.bench.server.BenchFolder;
import java.nio.file.Path;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What every test in rounds takes, but for the rate. */
public final class RoundOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "30",
      description = "How many times something happens. Default: ${DEFAULT-VALUE}.")
  private int rounds;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Repeats the acts and their order. Default: another one each time.")
  private Long seed;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "Keeps the servers' data and the processes' logs. Must be new or empty.")
  private Path folder;

  @Option(names = "--json", description = "Answer in JSON on stdout.")
  private boolean json;

  /** A test; it tells what goes on. */
  @FunctionalInterface
  public interface Trial<R> {
    R run(Asked asked, Consumer<String> tell) throws Exception;
  }

  /** How its report is shown. */
  @FunctionalInterface
  public interface Shown<R> {
    String json(R report) throws Exception;
  }

  /**
   * Runs a test and prints its report.
   *
   * @throws ParameterException if there is no round, or no record a second
   */
  public <R> R run(int rate, Trial<R> trial, Shown<R> shown) throws Exception {
    if (rounds < 1 || rate < 1) {
      throw new ParameterException(command.commandLine(), "--rounds and --rate must be at least 1");
    }
    try (var kept = folder == null ? BenchFolder.scratch() : BenchFolder.kept(folder)) {
      var chosen = seed == null ? System.nanoTime() % 1_000_000 : seed;
      var report = trial.run(new Asked(kept.path(), rounds, chosen, rate), this::tell);
      var out = command.commandLine().getOut();
      out.println(json ? shown.json(report) : report);
      out.flush();
      return report;
    }
  }

  private void tell(String line) {
    var err = command.commandLine().getErr();
    err.println(line);
    err.flush();
  }
}
