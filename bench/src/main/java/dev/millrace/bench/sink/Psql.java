package dev.millrace.bench.sink;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.postgresql.ds.PGSimpleDataSource;

/** PostgreSQL's own client, which runs a script and says how long its statements took. */
final class Psql {
  private static final Pattern TIME = Pattern.compile("^Time: ([0-9.]+) ms", Pattern.MULTILINE);

  private final Path program;
  private final PGSimpleDataSource database;

  Psql(Path program, PGSimpleDataSource database) {
    this.program = program;
    this.database = database;
  }

  /**
   * Runs the scripts side by side, each on a connection of its own.
   *
   * @return seconds of the one that took longest, its statements only
   */
  double run(List<String> scripts) throws InterruptedException {
    try {
      var processes = new ArrayList<Process>();
      for (var script : scripts) {
        var process = start();
        processes.add(process);
        try (var in = process.outputWriter(StandardCharsets.UTF_8)) {
          in.write("\\timing on\n" + script);
        }
      }
      var longest = 0.0;
      for (var process : processes) {
        longest = Math.max(longest, seconds(process));
      }
      return longest;
    } catch (IOException failed) {
      throw new UncheckedIOException("psql", failed);
    }
  }

  private Process start() throws IOException {
    return new ProcessBuilder(
            program.toString(),
            "--no-psqlrc",
            "--quiet",
            "--set=ON_ERROR_STOP=1",
            "--host=" + database.getServerNames()[0],
            "--port=" + database.getPortNumbers()[0],
            "--username=" + database.getUser(),
            "--dbname=" + database.getDatabaseName())
        .redirectErrorStream(true)
        .start();
  }

  private static double seconds(Process process) throws IOException, InterruptedException {
    String said;
    try (var out = process.getInputStream()) {
      said = new String(out.readAllBytes(), StandardCharsets.UTF_8);
    }
    if (process.waitFor() != 0) {
      throw new IOException("psql has failed: " + said.strip());
    }
    return secondsIn(said);
  }

  /** The sum of all the times in what it has said. */
  static double secondsIn(String said) {
    return TIME.matcher(said).results().mapToDouble(time -> Double.parseDouble(time.group(1))).sum()
        / 1e3;
  }
}
