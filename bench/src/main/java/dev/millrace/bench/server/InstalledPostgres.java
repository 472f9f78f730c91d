package dev.millrace.bench.server;

import dev.millrace.embedded.Loopback;
import dev.millrace.failure.MillraceException;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The PostgreSQL of this machine as a child process, with the settings its {@code initdb} writes.
 * It listens on a free port of 127.0.0.1; there is no password. As root it runs in a user namespace
 * of its own, because PostgreSQL refuses root. Closed when the JVM ends, if not before.
 */
public final class InstalledPostgres implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(120);
  private static final long POLL_MILLIS = 100;

  private final Process server;
  private final int port;

  private InstalledPostgres(Process server, int port) {
    this.server = server;
    this.port = port;
  }

  /**
   * Where the installed programs are, as {@code pg_config} says.
   *
   * @throws MillraceException {@link ServerFailure#NOT_INSTALLED}
   */
  public static Path programs() {
    try {
      var asked = new ProcessBuilder("pg_config", "--bindir").start();
      try (var answer = asked.getInputStream()) {
        return Path.of(new String(answer.readAllBytes(), StandardCharsets.UTF_8).strip());
      }
    } catch (IOException missing) {
      throw new MillraceException(
          ServerFailure.NOT_INSTALLED,
          "there is no pg_config on the path (%s); install PostgreSQL, or name the folder of its programs by --pg-bin"
              .formatted(missing.getMessage()),
          missing);
    }
  }

  /**
   * Starts a server.
   *
   * @param programs the folder of {@code initdb} and {@code postgres}
   * @param folder holds the cluster and {@code server.log}; created if it is not there
   * @throws MillraceException {@link ServerFailure#NOT_INSTALLED} or {@link
   *     ServerFailure#START_FAILED}
   */
  static InstalledPostgres start(Path programs, Path folder) {
    if (!Files.isExecutable(programs.resolve("postgres"))) {
      throw new MillraceException(
          ServerFailure.NOT_INSTALLED,
          "there is no program %s; name the folder of PostgreSQL's programs by --pg-bin"
              .formatted(programs.resolve("postgres")));
    }
    var log = folder.resolve("server.log");
    try {
      Files.createDirectories(folder);
      var cluster = folder.resolve("cluster");
      if (!Files.exists(cluster.resolve("PG_VERSION"))) {
        initialize(programs, cluster, log);
      }
      var started = launch(programs, cluster, log);
      Runtime.getRuntime().addShutdownHook(new Thread(started::close, "installed-postgres-closer"));
      started.awaitStart(log);
      return started;
    } catch (IOException failed) {
      throw startFailed(programs, log, failed.getMessage());
    }
  }

  private static void initialize(Path programs, Path cluster, Path log) throws IOException {
    var exitCode =
        waitFor(
            run(
                log,
                programs.resolve("initdb").toString(),
                "--pgdata=" + cluster,
                "--username=postgres",
                "--auth=trust",
                "--encoding=UTF8",
                "--locale=C"));
    if (exitCode != 0) {
      throw startFailed(programs, log, "initdb ended with exit code " + exitCode);
    }
  }

  private static InstalledPostgres launch(Path programs, Path cluster, Path log)
      throws IOException {
    var port = Loopback.freePort(Loopback.ANY_PORT, "PostgreSQL");
    var server =
        run(
            log,
            programs.resolve("postgres").toString(),
            "-D",
            cluster.toString(),
            "-p",
            Integer.toString(port),
            "-c",
            "listen_addresses=127.0.0.1",
            "-c",
            "unix_socket_directories=");
    return new InstalledPostgres(server, port);
  }

  private static Process run(Path log, String... command) throws IOException {
    var whole = new ArrayList<String>();
    if (System.getProperty("user.name").equals("root")) {
      whole.addAll(List.of("unshare", "--user"));
    }
    whole.addAll(List.of(command));
    return new ProcessBuilder(whole)
        .redirectErrorStream(true)
        .redirectOutput(Redirect.appendTo(log.toFile()))
        .start();
  }

  private void awaitStart(Path log) throws IOException {
    var deadline = System.nanoTime() + START_LIMIT.toNanos();
    while (!answers()) {
      if (!server.isAlive() || System.nanoTime() > deadline) {
        close();
        throw startFailed(
            Path.of(server.info().command().orElse("postgres")), log, "it does not answer");
      }
      pause();
    }
  }

  private boolean answers() {
    try (var connection = DriverManager.getConnection(jdbcUrl())) {
      return connection.isValid(1);
    } catch (SQLException notYet) {
      return false;
    }
  }

  private static void pause() throws IOException {
    try {
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the server started", stopped);
    }
  }

  private static int waitFor(Process process) throws IOException {
    try {
      return process.waitFor();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      process.destroy();
      throw new IOException("interrupted while initdb ran", stopped);
    }
  }

  private static MillraceException startFailed(Path programs, Path log, String why) {
    return new MillraceException(
        ServerFailure.START_FAILED,
        "PostgreSQL of %s did not start: %s; its own log is %s".formatted(programs, why, log));
  }

  /** The maintenance database; the user is part of the URL. */
  String jdbcUrl() {
    return "jdbc:postgresql://127.0.0.1:%d/postgres?user=postgres".formatted(port);
  }

  /**
   * Ends its connections and stops it: SIGTERM would wait for them, and SIGKILL cost a recovery.
   */
  @Override
  public void close() {
    if (!server.isAlive()) {
      return;
    }
    try {
      new ProcessBuilder("kill", "-INT", Long.toString(server.pid())).start().waitFor();
      if (!server.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        server.destroyForcibly();
      }
    } catch (IOException failed) {
      server.destroy();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
