package dev.millrace.bench.kill;

import dev.millrace.bench.server.BenchFolder;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

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
      defaultValue = "2000",
      description = "Records published a second. Default: ${DEFAULT-VALUE}.")
  private int rate;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "Keeps the servers' data and the sinks' logs. Must be new or empty.")
  private Path folder;

  @Option(names = "--json", description = "Answer in JSON on stdout.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws SQLException {
    if (rounds < 1 || rate < 1) {
      throw new ParameterException(spec.commandLine(), "--rounds and --rate must be at least 1");
    }
    var err = spec.commandLine().getErr();
    try (var kept = folder == null ? BenchFolder.scratch() : BenchFolder.kept(folder)) {
      var chosen = seed == null ? System.nanoTime() % 1_000_000 : seed;
      var options = new KillTest.Options(kept.path(), rounds, chosen, rate);
      var report =
          new KillTest(
                  options,
                  line -> {
                    err.println(line);
                    err.flush();
                  })
              .run();
      spec.commandLine().getOut().println(json ? KillJson.of(report) : report);
      spec.commandLine().getOut().flush();
      return report.passed() ? 0 : 1;
    }
  }
}
