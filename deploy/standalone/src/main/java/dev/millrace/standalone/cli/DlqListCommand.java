package dev.millrace.standalone.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists how many letters there are, by topic and reason. */
@Command(
    name = "list",
    description = {
      "List how many dead letters there are, by topic and code, and what became of their records:",
      "waiting, stored by a replay, or unclaimed (stored after all, or the aggregator's).",
      "A record that was put aside twice counts once."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example:",
      "  ./millrace dlq list --topic network.path-metrics --config /etc/millrace/sink.properties"
    })
final class DlqListCommand implements Callable<Integer> {
  @Mixin private LetterSource source;
  @Spec private CommandSpec spec;

  @Option(names = "--topic", paramLabel = "TOPIC", description = "Only the letters of this topic.")
  private String topic;

  @Option(names = "--json", description = "Print a JSON object a line.")
  private boolean json;

  @Override
  public Integer call() throws JsonProcessingException {
    var counts = new ArrayList<LetterCount>();
    try (var opened = source.open()) {
      var existing = opened.letters().topics();
      for (var type : opened.types(Optional.ofNullable(topic))) {
        if (topic != null || existing.contains(type.deadLetterTopic())) {
          var entries = opened.entries(type);
          var tally = new LetterTally(type.topic());
          var others =
              opened
                  .letters()
                  .read(
                      type.deadLetterTopic(),
                      letter -> tally.add(letter, entries.get(letter.origin())));
          counts.addAll(tally.counts());
          warn(type.deadLetterTopic(), others);
        }
      }
    }
    print(counts);
    return 0;
  }

  private void warn(String deadLetterTopic, int others) {
    if (others > 0) {
      spec.commandLine()
          .getErr()
          .printf(
              "millrace: %d records of %s are no dead letters: they lack the headers%n",
              others, deadLetterTopic);
    }
  }

  private void print(List<LetterCount> counts) throws JsonProcessingException {
    var out = spec.commandLine().getOut();
    if (json) {
      for (var count : counts) {
        out.println(LetterJson.write(count));
      }
      return;
    }
    if (counts.isEmpty()) {
      out.println("no dead letters");
      return;
    }
    out.printf(
        "%-32s %-22s %8s %8s %8s %9s  %-20s  %s%n",
        "topic", "code", "letters", "waiting", "replayed", "unclaimed", "oldest", "newest");
    for (var count : counts) {
      out.printf(
          Locale.ROOT,
          "%-32s %-22s %8d %8d %8d %9d  %-20s  %s%n",
          count.topic(),
          count.code(),
          count.letters(),
          count.waiting(),
          count.replayed(),
          count.unclaimed(),
          count.oldest(),
          count.newest());
    }
  }
}
