package dev.millrace.bench.fold;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.bench.server.BenchFolder;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

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
  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "30",
      description = "How many times something happens. Default: ${DEFAULT-VALUE}.")
  private int rounds;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Repeats the acts and their order. Default: another one each time.")
  private Long seed;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "1200",
      description = "Samples published a second. Default: ${DEFAULT-VALUE}.")
  private int rate;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "Keeps the servers' data and the processes' logs. Must be new or empty.")
  private Path folder;

  @Option(names = "--json", description = "Answer in JSON on stdout.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    if (rounds < 1 || rate < 1) {
      throw new ParameterException(spec.commandLine(), "--rounds and --rate must be at least 1");
    }
    var err = spec.commandLine().getErr();
    try (var kept = folder == null ? BenchFolder.scratch() : BenchFolder.kept(folder)) {
      var chosen = seed == null ? System.nanoTime() % 1_000_000 : seed;
      var report =
          new FoldKillTest(
                  new FoldKillTest.Options(kept.path(), rounds, chosen, rate),
                  line -> {
                    err.println(line);
                    err.flush();
                  })
              .run();
      var out = spec.commandLine().getOut();
      out.println(json ? new ObjectMapper().writeValueAsString(report) : report);
      out.flush();
      return report.passed() ? 0 : 1;
    }
  }
}
