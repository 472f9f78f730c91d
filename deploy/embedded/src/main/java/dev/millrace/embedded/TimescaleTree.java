package dev.millrace.embedded;

import dev.millrace.failure.MillraceException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where the binaries of PostgreSQL with TimescaleDB are on this machine. The script {@code
 * .ci/timescaledb} of the checkout knows: it fetches them the first time, in some ten seconds, and
 * finds them at once after that. The checkout is the one around the current folder, or the one the
 * launcher names in the system property {@code millrace.home}. Any thread.
 */
final class TimescaleTree {
  private static final Path SCRIPT = Path.of(".ci", "timescaledb");

  private TimescaleTree() {}

  /**
   * The binaries, as an archive the embedded PostgreSQL takes.
   *
   * @throws MillraceException {@link EmbeddedFailure#UNOBTAINABLE}
   */
  static Path archive() {
    var here = Path.of("").toAbsolutePath();
    var script =
        above(here)
            .or(() -> above(Path.of(System.getProperty("millrace.home", ""))))
            .orElseThrow(
                () -> unobtainable("there is no %s in %s or above it".formatted(SCRIPT, here)));
    try {
      return Path.of(run(script));
    } catch (IOException failed) {
      throw unobtainable("%s does not run: %s".formatted(script, failed.getMessage()));
    }
  }

  private static Optional<Path> above(Path folder) {
    return Stream.iterate(folder, each -> each != null, Path::getParent)
        .map(each -> each.resolve(SCRIPT))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** What the script prints; what it complains about goes to a file, so that neither waits. */
  private static String run(Path script) throws IOException {
    var complaints = Files.createTempFile("millrace-timescaledb-", ".log");
    try {
      var process =
          new ProcessBuilder(script.toString())
              .redirectError(Redirect.to(complaints.toFile()))
              .start();
      var printed = text(process.getInputStream());
      if (process.waitFor() != 0) {
        throw unobtainable(Files.readString(complaints).strip());
      }
      return printed;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw unobtainable("interrupted while " + script + " ran");
    } finally {
      Files.delete(complaints);
    }
  }

  private static String text(InputStream printed) throws IOException {
    try (printed) {
      return new String(printed.readAllBytes(), StandardCharsets.UTF_8).strip();
    }
  }

  private static MillraceException unobtainable(String why) {
    return new MillraceException(
        EmbeddedFailure.UNOBTAINABLE,
        "there is no TimescaleDB to test on (%s); it takes a Debian, a mirror that this machine reaches, and patchelf"
            .formatted(why));
  }
}
