package dev.millrace.standalone.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.millrace.schema.wire.RecordDecoder;
import java.util.ArrayDeque;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows letters one by one. */
@Command(
    name = "show",
    description = {
      "Show the dead letters of a topic one by one, the latest ones last: which record it was, why it was",
      "refused, how often, and what it holds. What cannot be decoded is shown as hexadecimal digits."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example:",
      "  ./millrace dlq show --topic network.path-metrics --code ROW_REFUSED --limit 3 \\",
      "      --config /etc/millrace/sink.properties"
    })
final class DlqShowCommand implements Callable<Integer> {
  @Mixin private LetterSource source;
  @Mixin private LetterOptions chosen;
  @Spec private CommandSpec spec;

  @Option(
      names = "--topic",
      paramLabel = "TOPIC",
      required = true,
      description = "The topic the records were read from.")
  private String topic;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "Only the latest N of them; ${DEFAULT-VALUE} by default.")
  private int limit;

  @Option(names = "--json", description = "Print a JSON object a line.")
  private boolean json;

  @Override
  public Integer call() throws JsonProcessingException {
    if (limit < 1) {
      throw new ParameterException(spec.commandLine(), "--limit %d: at least 1".formatted(limit));
    }
    var shown = new ArrayDeque<LetterView>();
    try (var opened = source.open()) {
      var type = opened.type(topic);
      var entries = opened.entries(type);
      var filter = chosen.filter();
      var decoder = new RecordDecoder(type.schema(), opened.connection().registry());
      var unused =
          opened
              .letters()
              .read(
                  type.deadLetterTopic(),
                  letter -> {
                    var entry = entries.get(letter.origin());
                    var code = entry == null ? letter.code() : entry.code();
                    if (filter.accepts(letter.origin(), code)) {
                      shown.addLast(LetterView.of(letter, entry, decoder));
                      if (shown.size() > limit) {
                        shown.removeFirst();
                      }
                    }
                  });
    }
    for (var letter : shown) {
      print(letter);
    }
    return 0;
  }

  private void print(LetterView letter) throws JsonProcessingException {
    var out = spec.commandLine().getOut();
    if (json) {
      out.println(LetterJson.write(letter));
    } else {
      letter.print(out);
    }
  }
}
