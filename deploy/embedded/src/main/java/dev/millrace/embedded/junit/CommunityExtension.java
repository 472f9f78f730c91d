package dev.millrace.embedded.junit;

import dev.millrace.embedded.EmbeddedFailure;
import dev.millrace.failure.MillraceException;
import java.sql.SQLException;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.TestAbortedException;
import org.testcontainers.containers.ContainerFetchException;

/**
 * Gives a test class a {@link DatabaseFixture} with the Community edition of TimescaleDB in it, as
 * a parameter of its constructor or methods: one container a JVM, a database with nothing but the
 * extension a class. Used with {@link ExtendWith}, and with {@code org.testcontainers} on the class
 * path.
 *
 * <p>Where there is no Docker engine, or the image cannot be had, the class is skipped and standard
 * error says so.
 */
public final class CommunityExtension extends ClassFixture<DatabaseFixture> {

  public CommunityExtension() {
    super(DatabaseFixture.class);
  }

  @Override
  DatabaseFixture create(ExtensionContext testClass, int number) {
    if (!CommunityServer.dockerAnswers()) {
      throw untested(testClass, "there is no Docker engine");
    }
    try {
      var server =
          SharedServers.get(CommunityServer.class, CommunityServer.class, CommunityServer::start);
      return new DatabaseFixture(server.createDatabase("t" + number), server.user());
    } catch (ContainerFetchException missing) {
      throw untested(testClass, "%s cannot be had: %s".formatted(CommunityServer.IMAGE, missing));
    } catch (SQLException refused) {
      throw new MillraceException(
          EmbeddedFailure.REFUSED,
          "cannot create a database for %s: %s"
              .formatted(testClass.getDisplayName(), refused.getMessage()),
          refused);
    }
  }

  private static TestAbortedException untested(ExtensionContext testClass, String why) {
    return skipped(testClass, why + "; the Community edition of TimescaleDB is not tested here");
  }
}
