package dev.millrace.bench.sink;

import dev.millrace.failure.MillraceException;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The module of the peers, built when it is first asked for: Maven fetches what they consist of.
 */
final class Peers {
  private static final String MODULE = "bench/peers";

  private Peers() {}

  /**
   * The folder of the built module.
   *
   * @param home of the checkout
   * @throws MillraceException {@link PeerFailure#NOT_BUILT}
   */
  static Path built(Path home) {
    build(home);
    return home.resolve(MODULE);
  }

  private static void build(Path home) {
    try {
      var maven =
          new ProcessBuilder(
                  "mvn", "-q", "-B", "-ntp", "-DskipTests", "-Ppeers", "-pl", MODULE, "package")
              .directory(home.toFile())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.to(Path.of("/dev/stderr").toFile()))
              .start();
      if (maven.waitFor() != 0) {
        throw notBuilt("mvn ended with exit code " + maven.exitValue(), null);
      }
    } catch (IOException failed) {
      throw notBuilt(failed.getMessage(), failed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw notBuilt("interrupted", stopped);
    }
  }

  private static MillraceException notBuilt(String why, Exception cause) {
    return new MillraceException(
        PeerFailure.NOT_BUILT,
        "cannot build %s (%s); run 'mvn -Ppeers -pl %s package' to see why"
            .formatted(MODULE, why, MODULE),
        cause);
  }
}
