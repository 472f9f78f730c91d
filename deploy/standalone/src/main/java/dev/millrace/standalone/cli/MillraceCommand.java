package dev.millrace.standalone.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** The command that holds the others. */
@Command(
    name = "millrace",
    description = "High-throughput ingestion on Kafka: publish, fold, detect, store exactly once.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DemoCommand.class,
      PublishCommand.class,
      GenerateCommand.class,
      AggregateCommand.class,
      DetectCommand.class,
      SinkCommand.class,
      MigrateCommand.class,
      MigrateLegacyCommand.class,
      MaintainCommand.class,
      DlqCommand.class,
      TopicsCommand.class,
      VersionCommand.class,
      HelpCommand.class
    },
    footer = {"", "Example:", "  ./millrace demo --for 60s"})
public final class MillraceCommand {}
