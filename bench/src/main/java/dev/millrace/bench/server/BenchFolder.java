package dev.millrace.bench.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/**
 * Where the servers of a benchmark keep their data.
 *
 * @param path an existing folder
 * @param temporary whether {@link #close} removes it
 */
public record BenchFolder(Path path, boolean temporary) implements AutoCloseable {

  /** A folder that stays; created if it is not there. */
  public static BenchFolder kept(Path path) {
    try {
      return new BenchFolder(Files.createDirectories(path.toAbsolutePath().normalize()), false);
    } catch (IOException refused) {
      throw new UncheckedIOException("cannot make the folder " + path, refused);
    }
  }

  /** A new folder that {@link #close} removes. */
  public static BenchFolder scratch() {
    try {
      return new BenchFolder(Files.createTempDirectory("millrace-bench-"), true);
    } catch (IOException refused) {
      throw new UncheckedIOException("cannot make a temporary folder", refused);
    }
  }

  @Override
  public void close() {
    if (!temporary) {
      return;
    }
    try (var all = Files.walk(path)) {
      for (var each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    } catch (IOException refused) {
      throw new UncheckedIOException("cannot remove " + path + "; remove it by hand", refused);
    }
  }
}
