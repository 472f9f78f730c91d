package dev.millrace.embedded.junit;

import dev.millrace.embedded.EmbeddedDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Gives a test class a {@link DatabaseFixture} of an older PostgreSQL, as a parameter of its
 * constructor or methods: one server a version and JVM, an empty database a class. Used with {@link
 * RegisterExtension} on a static field, in a module whose build unpacks the binaries of the version
 * into {@code target/postgres/15} or {@code 16}.
 *
 * <p>Where they are not there the class is skipped and standard error says why; with {@code
 * CI=true} it fails.
 */
public final class OlderDatabaseExtension extends ClassFixture<DatabaseFixture> {
  private static final Path UNPACKED = Path.of("target", "postgres");

  private final Path folder;

  private OlderDatabaseExtension(int version) {
    super(DatabaseFixture.class);
    this.folder = UNPACKED.resolve(Integer.toString(version)).toAbsolutePath();
  }

  /** The fixture of a version, 15 or 16. */
  public static OlderDatabaseExtension version(int version) {
    return new OlderDatabaseExtension(version);
  }

  @Override
  DatabaseFixture create(ExtensionContext testClass, int number) {
    var binaries = binaries().orElseThrow(() -> missing(testClass));
    var database =
        SharedServers.get(
            folder, EmbeddedDatabase.class, () -> EmbeddedDatabase.temporary(binaries));
    return new DatabaseFixture(database.createDatabase("t" + number), database.user());
  }

  private Optional<Path> binaries() {
    if (!Files.isDirectory(folder)) {
      return Optional.empty();
    }
    try (var files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".txz")).findFirst();
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot list " + folder, unreadable);
    }
  }

  private RuntimeException missing(ExtensionContext testClass) {
    var why =
        "there are no binaries of PostgreSQL in %s; mvn verify unpacks them, on the platforms that sink-writer/pom.xml has a profile for"
            .formatted(folder);
    if ("true".equals(System.getenv("CI"))) {
      return new IllegalStateException(why);
    }
    return skipped(testClass, why);
  }
}
