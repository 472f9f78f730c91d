package dev.millrace.standalone.cli;

import dev.millrace.failure.MillraceException;
import dev.millrace.failure.Owner;
import dev.millrace.schema.RecordType;
import dev.millrace.sink.deadletter.Replay;
import dev.millrace.sink.deadletter.Replayed;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Stores the records of letters after all. */
@Command(
    name = "replay",
    description = {
      "Store the records of dead letters, once each, after what refused them is mended.",
      "Whatever is refused again goes on waiting. May be run again, killed, or run by two at once. A row that is"
          + " newer than the record stays. The exit code is 1 if any record was refused again, and 2 if a topic"
          + " cannot be replayed as things are, which keeps no other from it."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example:",
      "  ./millrace dlq replay --topic network.path-metrics --dry-run \\",
      "      --config /etc/millrace/sink.properties"
    })
final class DlqReplayCommand implements Callable<Integer> {
  @Mixin private LetterSource source;
  @Mixin private LetterOptions chosen;
  @Spec private CommandSpec spec;

  @Option(
      names = "--topic",
      paramLabel = "TOPIC",
      description = "Only the letters of this topic; by default, of all that have a table.")
  private String topic;

  @Option(
      names = "--dry-run",
      description = "Try it, say what would be done, and roll everything back.")
  private boolean dryRun;

  @Override
  public Integer call() {
    var code = 0;
    try (var opened = source.open()) {
      var existing = opened.letters().topics();
      for (var type : opened.types(Optional.ofNullable(topic))) {
        var wanted =
            topic != null
                || (type.table().isPresent() && existing.contains(type.deadLetterTopic()));
        if (wanted) {
          code = Math.max(code, tryToReplay(opened, type));
        }
      }
    }
    return code;
  }

  /** Answers the exit code that this topic is worth. */
  private int tryToReplay(LetterSource.Opened opened, RecordType type) {
    try {
      return replay(opened, type) ? CommandErrors.DATA : 0;
    } catch (MillraceException failed) {
      if (failed.code().owner() != Owner.CONFIGURATION) {
        throw failed;
      }
      spec.commandLine().getErr().println("millrace: " + failed.getMessage());
      return CommandErrors.CONFIGURATION;
    }
  }

  /** Answers whether a record was refused again. */
  private boolean replay(LetterSource.Opened opened, RecordType type) {
    var replay =
        new Replay(
            type, opened.connection().registry(), opened.transactions(), opened.book(), dryRun);
    var done = replay.run(opened.letters(), chosen.filter());
    if (topic != null || done.stored() + done.refused().size() > 0) {
      print(type, done);
    }
    return !done.refused().isEmpty();
  }

  private void print(RecordType type, Replayed done) {
    spec.commandLine()
        .getOut()
        .printf(
            "%s: %d %s, %d refused again, %d not waiting%n",
            type.topic(),
            done.stored(),
            dryRun ? "would be stored" : "stored",
            done.refused().size(),
            done.passedOver());
    var byCode = new TreeMap<String, Integer>();
    var example = new TreeMap<String, String>();
    done.refused()
        .forEach(
            (origin, why) -> {
              byCode.merge(why.code().name(), 1, Integer::sum);
              example.putIfAbsent(why.code().name(), origin + ": " + why.getMessage());
            });
    byCode.forEach(
        (code, count) ->
            spec.commandLine()
                .getErr()
                .printf("millrace: %s %d times, as %s%n", code, count, example.get(code)));
  }
}
