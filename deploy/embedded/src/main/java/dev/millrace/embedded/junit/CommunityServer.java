package dev.millrace.embedded.junit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/**
 * A PostgreSQL 17 server with TimescaleDB, Community edition, for tests: the official image in a
 * container, without a password. The version is that of Debian's build, so that both editions are
 * tested of one release.
 */
final class CommunityServer implements AutoCloseable {
  static final String IMAGE = "timescale/timescaledb:2.19.3-pg17";
  private static final int PORT = 5432;
  private static final String USER = "postgres";

  /** A server is started once to make the cluster, and once for good. */
  private static final int STARTS = 2;

  private final GenericContainer<?> container;

  private CommunityServer(GenericContainer<?> container) {
    this.container = container;
  }

  /** Whether there is a Docker engine; does not wake the client where no socket is. */
  static boolean dockerAnswers() {
    var home = System.getProperty("user.home", "");
    var runtime = System.getenv().getOrDefault("XDG_RUNTIME_DIR", "/run");
    var sockets =
        Stream.of(
            Path.of("/var/run/docker.sock"),
            Path.of(home, ".docker", "run", "docker.sock"),
            Path.of(runtime, "docker.sock"));
    return (System.getenv("DOCKER_HOST") != null || sockets.anyMatch(Files::exists))
        && DockerClientFactory.instance().isDockerAvailable();
  }

  /** Starts it; the image is fetched the first time. It ends with the JVM, if not before. */
  static CommunityServer start() {
    var container =
        new GenericContainer<>(DockerImageName.parse(IMAGE))
            .withEnv("POSTGRES_HOST_AUTH_METHOD", "trust")
            .withEnv("TIMESCALEDB_TELEMETRY", "off")
            .withCommand(
                "postgres",
                "-c",
                "fsync=off",
                "-c",
                "timescaledb.license=timescale",
                "-c",
                "jit=off")
            .withExposedPorts(PORT)
            .waitingFor(
                Wait.forLogMessage(
                    ".*database system is ready to accept connections.*\\s", STARTS));
    container.start();
    return new CommunityServer(container);
  }

  String user() {
    return USER;
  }

  /** Creates a database with nothing in it but the extension. */
  String createDatabase(String name) throws SQLException {
    execute(url("postgres"), "CREATE DATABASE " + name);
    execute(url(name), "CREATE EXTENSION IF NOT EXISTS timescaledb");
    return url(name);
  }

  private String url(String name) {
    return "jdbc:postgresql://%s:%d/%s?user=%s"
        .formatted(container.getHost(), container.getMappedPort(PORT), name, USER);
  }

  private static void execute(String url, String sql) throws SQLException {
    try (var connection = DriverManager.getConnection(url);
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() {
    container.stop();
  }
}
