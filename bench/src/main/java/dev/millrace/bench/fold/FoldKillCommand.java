package dev.millrace.bench.fold;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.bench.rounds.RoundOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Kills aggregators while samples are published, and recomputes every window at the end. */
@Command(
    name = "kill-aggregate",
    description = {
      "Publish samples without a pause; round by round kill aggregators (-9), one or all, stop one",
      "beyond its session, scale between one and three, restart Kafka. In the end the last revision",
      "of every window must be what its samples give, and each revision must have come once. Exits",
      "with 1 if not."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Example:", "  ./millrace bench kill-aggregate --rounds 30 --seed 7"})
public final class FoldKillCommand implements Callable<Integer> {
  @Mixin private RoundOptions options;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "1200",
      description = "Samples published a second. Default: ${DEFAULT-VALUE}.")
  private int rate;

  @Override
  public Integer call() throws Exception {
    var report =
        options.run(
            rate,
            (asked, tell) -> new FoldKillTest(asked, tell).run(),
            new ObjectMapper()::writeValueAsString);
    return report.passed() ? 0 : 1;
  }
}
