package dev.millrace.schema.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/** Looks for a JDK of a given age on this machine, which may not be the one that runs the tests. */
final class NewerJdk {
  private static final List<Path> PLACES =
      List.of(Path.of("/usr/lib/jvm"), Path.of("/Library/Java/JavaVirtualMachines"));

  private NewerJdk() {}

  /** The {@code java} program of the first JDK with at least this feature version. */
  static Optional<Path> find(int featureVersion) {
    return Stream.of(ownHome(), homesInEnvironment(), installedHomes())
        .flatMap(homes -> homes)
        .filter(home -> version(home) >= featureVersion)
        .map(home -> home.resolve("bin/java"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static Stream<Path> ownHome() {
    return Stream.of(Path.of(System.getProperty("java.home")));
  }

  /** {@code JAVA_HOME}, {@code JAVA_HOME_21_X64} and the like. */
  private static Stream<Path> homesInEnvironment() {
    return System.getenv().entrySet().stream()
        .filter(variable -> variable.getKey().startsWith("JAVA_HOME"))
        .sorted(Map.Entry.comparingByKey())
        .map(variable -> Path.of(variable.getValue()));
  }

  private static Stream<Path> installedHomes() {
    return PLACES.stream().filter(Files::isDirectory).flatMap(NewerJdk::homesIn);
  }

  private static Stream<Path> homesIn(Path place) {
    try (var entries = Files.list(place)) {
      return entries
          .sorted()
          .flatMap(entry -> Stream.of(entry, entry.resolve("Contents/Home")))
          .toList()
          .stream();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** The feature version that the home's release file states; 0 where there is none. */
  static int version(Path home) {
    var release = home.resolve("release");
    if (!Files.isRegularFile(release)) {
      return 0;
    }
    var properties = new Properties();
    try (var reader = Files.newBufferedReader(release)) {
      properties.load(reader);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    var version = properties.getProperty("JAVA_VERSION", "0").replace("\"", "");
    return Integer.parseInt(version.split("[.\\-+_]")[0]);
  }
}
