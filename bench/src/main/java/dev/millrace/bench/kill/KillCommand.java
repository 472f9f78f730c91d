package dev.millrace.bench.kill;

import dev.millrace.bench.rounds.RoundOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Kills sinks and servers while records are published, and counts every record at the end. */
@Command(
    name = "kill",
    description = {
      "Publish without a pause to four topics; round by round kill sinks (-9: any time, in COPY,",
      "before and after the commit), restart or crash PostgreSQL and Kafka, end connections,",
      "stop a sink beyond its session, scale between one and three. At the end every record must",
      "be in its table once, by count and by a checksum over all columns. Exits with 1 if not."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Example:", "  ./millrace bench kill --rounds 30 --seed 7"})
public final class KillCommand implements Callable<Integer> {
  @Mixin private RoundOptions options;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "2000",
      description = "Records published a second. Default: ${DEFAULT-VALUE}.")
  private int rate;

  @Override
  public Integer call() throws Exception {
    var report = options.run(rate, (asked, tell) -> new KillTest(asked, tell).run(), KillJson::of);
    return report.passed() ? 0 : 1;
  }
}
