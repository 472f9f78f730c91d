package dev.millrace.standalone.cli;

import dev.millrace.failure.MillraceException;
import dev.millrace.failure.Owner;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/**
 * Turns what a command throws into one message and an exit code: 1 bad data, 2 bad configuration or
 * usage, 3 a server that is away, 70 a bug (sysexits.h's EX_SOFTWARE). Only a bug prints a stack
 * trace.
 */
public final class CommandErrors implements IExecutionExceptionHandler {
  static final int DATA = 1;
  static final int CONFIGURATION = 2;
  static final int OUTAGE = 3;
  static final int BUG = 70;

  @Override
  public int handleExecutionException(
      Exception failure, CommandLine commandLine, ParseResult parsed) {
    if (failure instanceof MillraceException known && known.code().owner() != Owner.BUG) {
      commandLine.getErr().println("millrace: " + known.getMessage());
      return exitCode(known.code().owner());
    }
    commandLine.getErr().println("millrace: this is a bug in Millrace:");
    failure.printStackTrace(commandLine.getErr());
    return BUG;
  }

  static int exitCode(Owner owner) {
    return switch (owner) {
      case DATA -> DATA;
      case CONFIGURATION -> CONFIGURATION;
      case OUTAGE -> OUTAGE;
      case BUG -> BUG;
    };
  }
}
