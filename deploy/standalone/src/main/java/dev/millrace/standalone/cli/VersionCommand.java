package dev.millrace.standalone.cli;

import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the version. */
@Command(
    name = "version",
    description = "Print the version of Millrace and of the Java it runs on.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example:", "  ./millrace version"})
final class VersionCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    for (var line : new Version().getVersion()) {
      out.println(line);
    }
  }
}
