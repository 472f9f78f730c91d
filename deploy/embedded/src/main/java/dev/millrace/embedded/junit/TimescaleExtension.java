package dev.millrace.embedded.junit;

import dev.millrace.embedded.EmbeddedFailure;
import dev.millrace.embedded.EmbeddedTimescale;
import dev.millrace.failure.MillraceException;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Gives a test class a {@link DatabaseFixture} with TimescaleDB in it, as a parameter of its
 * constructor or methods: one server a JVM, a database with nothing but the extension a class. Used
 * with {@link ExtendWith}, in place of {@link DatabaseExtension}.
 *
 * <p>Where TimescaleDB cannot be had the class is skipped and standard error says why; with {@code
 * CI=true} it fails.
 */
public final class TimescaleExtension extends ClassFixture<DatabaseFixture> {

  public TimescaleExtension() {
    super(DatabaseFixture.class);
  }

  @Override
  DatabaseFixture create(ExtensionContext testClass, int number) {
    var database =
        SharedServers.get(
            EmbeddedTimescale.class, EmbeddedTimescale.class, () -> server(testClass));
    return new DatabaseFixture(database.createDatabase("t" + number), database.user());
  }

  private static EmbeddedTimescale server(ExtensionContext testClass) {
    try {
      return EmbeddedTimescale.temporary();
    } catch (MillraceException failed) {
      if (failed.code() != EmbeddedFailure.UNOBTAINABLE || "true".equals(System.getenv("CI"))) {
        throw failed;
      }
      throw skipped(testClass, failed.getMessage());
    }
  }
}
