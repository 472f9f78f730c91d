package dev.millrace.bench;

import dev.millrace.standalone.cli.CommandErrors;
import picocli.CommandLine;

/** The entry of {@code ./millrace bench}. */
public final class Main {

  private Main() {}

  /** Runs one suite and ends the process with its exit code. */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return new CommandLine(new BenchCommand())
        .setExecutionExceptionHandler(new CommandErrors())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpWidth(100);
  }
}
