package dev.millrace.standalone.cli;

import picocli.CommandLine.Command;

/** The command that holds those for dead letters. */
@Command(
    name = "dlq",
    description = {
      "Look at dead letters, the records that could not be stored, and store them after all.",
      "They are in a topic beside that of their records, <topic>.dlq, with their reason."
    },
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {DlqListCommand.class, DlqShowCommand.class, DlqReplayCommand.class},
    footer = {
      "",
      "Example:",
      "  ./millrace dlq list --bootstrap-server localhost:9092 \\",
      "      --schema-registry-url http://localhost:8081 \\",
      "      --database-url postgresql://millrace@localhost:5432/millrace"
    })
final class DlqCommand {}
