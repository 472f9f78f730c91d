package dev.millrace.standalone;

import dev.millrace.standalone.cli.CommandErrors;
import dev.millrace.standalone.cli.MillraceCommand;
import picocli.CommandLine;

/** The entry of {@code ./millrace}: finds the command, runs it and exits with its code. */
public final class Main {

  private Main() {}

  /** Runs one command line and ends the process with the exit code it gives. */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  /** The command line, for tests and documentation too. */
  public static CommandLine commandLine() {
    return new CommandLine(new MillraceCommand())
        .setExecutionExceptionHandler(new CommandErrors())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpWidth(100);
  }
}
