package dev.millrace.bench;

import dev.millrace.bench.aggregate.AggregateCommand;
import dev.millrace.bench.detect.DetectCommand;
import dev.millrace.bench.fold.FoldKillCommand;
import dev.millrace.bench.kill.KillCommand;
import dev.millrace.bench.schema.SchemaCommand;
import dev.millrace.bench.sink.SinkCommand;
import dev.millrace.bench.sketch.SketchCommand;
import dev.millrace.bench.soak.SoakCommand;
import dev.millrace.bench.state.StateCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** The command that holds the suites. */
@Command(
    name = "millrace bench",
    description =
        "Benchmarks. A suite answers with figures and exits with 1 if a target is missed.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "SUITE",
    subcommands = {
      SchemaCommand.class,
      SinkCommand.class,
      AggregateCommand.class,
      KillCommand.class,
      FoldKillCommand.class,
      SoakCommand.class,
      SketchCommand.class,
      DetectCommand.class,
      StateCommand.class,
      HelpCommand.class
    },
    footer = {"", "Example:", "  ./millrace bench schema --data-dir /var/tmp/bench"})
final class BenchCommand {}
