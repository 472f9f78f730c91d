package dev.millrace.embedded;

import dev.millrace.failure.MillraceException;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;

/**
 * A PostgreSQL 17 server with TimescaleDB, Apache edition, for tests and benchmarks: Debian's own
 * build, fetched the first time and kept in the user's cache. In all else an {@link
 * EmbeddedDatabase}: a child process, without a password, on the loopback address, never run as
 * root.
 *
 * <p>Safe for use by several threads. Up in 2 seconds once the build is there.
 */
public final class EmbeddedTimescale implements AutoCloseable {
  private final EmbeddedDatabase server;

  private EmbeddedTimescale(EmbeddedDatabase server) {
    this.server = server;
  }

  /**
   * Starts an unsynced server on a free port and a new folder, which {@link #close} removes. It is
   * closed when the JVM ends, if not before.
   *
   * @throws MillraceException {@link EmbeddedFailure#UNOBTAINABLE} if the build is neither on this
   *     machine nor can be fetched, or {@link EmbeddedFailure#START_FAILED}
   */
  public static EmbeddedTimescale temporary() {
    var folder = DataFolder.temporary("millrace-timescale-");
    var timescale = start(folder, Loopback.ANY_PORT, Durability.UNSYNCED);
    Runtime.getRuntime().addShutdownHook(new Thread(timescale::close, "timescale-closer"));
    return timescale;
  }

  /**
   * Starts a server on a folder that outlives it, as {@link EmbeddedDatabase#start} does.
   *
   * @throws MillraceException {@link EmbeddedFailure#UNOBTAINABLE}, or what {@link
   *     EmbeddedDatabase#start} throws
   */
  public static EmbeddedTimescale start(Path dataDir, int port, Durability durability) {
    return start(DataFolder.kept(dataDir), port, durability);
  }

  private static EmbeddedTimescale start(DataFolder folder, int port, Durability durability) {
    var binaries = TimescaleTree.archive();
    return new EmbeddedTimescale(
        EmbeddedDatabase.start(folder, port, durability, build -> configure(build, binaries)));
  }

  private static void configure(EmbeddedPostgres.Builder build, Path binaries) {
    EmbeddedDatabase.withUnicode(build);
    build
        .setPgBinaryResolver((system, machine) -> Files.newInputStream(binaries))
        .setServerConfig("shared_preload_libraries", "timescaledb,pg_stat_statements")
        .setServerConfig("timescaledb.license", "apache")
        .setServerConfig("timescaledb.telemetry_level", "off")
        // Debian builds it with LLVM, which is not fetched.
        .setServerConfig("jit", "off");
  }

  /** The maintenance database {@code postgres}, without the extension. */
  public String jdbcUrl() {
    return server.jdbcUrl();
  }

  /** The superuser, who has no password. */
  public String user() {
    return server.user();
  }

  /**
   * Creates a database with nothing in it but the extension {@code timescaledb}.
   *
   * @return its JDBC URL, with the user
   * @throws MillraceException {@link EmbeddedFailure#REFUSED}, if there is one of this name
   */
  public String createDatabase(String name) {
    var url = server.createDatabase(name);
    try (var connection = DriverManager.getConnection(url);
        var statement = connection.createStatement()) {
      statement.execute("CREATE EXTENSION timescaledb");
    } catch (SQLException refused) {
      throw new MillraceException(
          EmbeddedFailure.REFUSED,
          "cannot install timescaledb in the database '%s': %s"
              .formatted(name, refused.getMessage()),
          refused);
    }
    return url;
  }

  /** Stops the server, ending its connections, and removes its folder. Later calls do nothing. */
  @Override
  public void close() {
    server.close();
  }

  @Override
  public String toString() {
    return "EmbeddedTimescale(" + server.psqlUrl() + ")";
  }
}
