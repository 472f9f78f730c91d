package dev.millrace.bench.server;

import dev.millrace.embedded.Durability;
import dev.millrace.embedded.EmbeddedDatabase;
import dev.millrace.embedded.EmbeddedTimescale;
import dev.millrace.failure.MillraceException;
import dev.millrace.sink.DatabaseConfig;
import java.nio.file.Path;
import java.sql.SQLException;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A PostgreSQL to measure on, with the settings it has out of the box: {@code fsync} is on. Started
 * on a free port of 127.0.0.1 and on a folder that outlives it, so that what was loaded once is
 * measured again. {@link #close} stops it, unless it ran before. One thread.
 */
public final class DatabaseServer implements AutoCloseable {
  private static final String NAME = "millrace_bench";
  private static final int ANY_PORT = 0;
  private static final String DUPLICATE_DATABASE = "42P04";

  private final PGSimpleDataSource database;
  private final boolean local;
  private final Runnable stop;

  private DatabaseServer(PGSimpleDataSource database, boolean local, Runnable stop) {
    this.database = database;
    this.local = local;
    this.stop = stop;
  }

  /** The PostgreSQL 17 that Millrace brings along. */
  public static DatabaseServer embedded(Path folder) {
    var server = EmbeddedDatabase.start(folder, ANY_PORT, Durability.SYNCED);
    return started(server.jdbcUrl(), server::close, false);
  }

  /** PostgreSQL 17 with TimescaleDB, Apache edition. */
  public static DatabaseServer timescale(Path folder) {
    var server = EmbeddedTimescale.start(folder, ANY_PORT, Durability.SYNCED);
    return started(server.jdbcUrl(), server::close, true);
  }

  /** The PostgreSQL that {@code pg_config} names. */
  public static DatabaseServer installed(Path folder) {
    return installed(InstalledPostgres.programs(), folder);
  }

  /** The PostgreSQL whose programs lie in {@code programs}. */
  public static DatabaseServer installed(Path programs, Path folder) {
    var server = InstalledPostgres.start(programs, folder);
    return started(server.jdbcUrl(), server::close, false);
  }

  /**
   * A database that runs already, and goes on.
   *
   * @param url as JDBC or libpq write it
   */
  public static DatabaseServer running(String url) {
    var config = DatabaseConfig.of(url);
    var database = new PGSimpleDataSource();
    database.setUrl(config.url());
    if (!config.user().isEmpty()) {
      database.setUser(config.user());
    }
    if (!config.password().value().isEmpty()) {
      database.setPassword(config.password().value());
    }
    return new DatabaseServer(database, false, () -> {});
  }

  private static DatabaseServer started(String maintenanceUrl, Runnable stop, boolean timescale) {
    var maintenance = dataSource(maintenanceUrl);
    var database = dataSource(maintenanceUrl);
    database.setDatabaseName(NAME);
    try {
      create(maintenance);
      if (timescale) {
        execute(database, "CREATE EXTENSION IF NOT EXISTS timescaledb");
      }
      return new DatabaseServer(database, true, stop);
    } catch (SQLException refused) {
      stop.run();
      throw new MillraceException(
          ServerFailure.REFUSED,
          "cannot make the database '%s' at %s: %s"
              .formatted(NAME, maintenanceUrl, refused.getMessage()),
          refused);
    }
  }

  /**
   * The database {@value #NAME}, made if it was not there, with the extension {@code timescaledb}
   * where the server has it. Every connection is a new one.
   */
  public PGSimpleDataSource database() {
    return database;
  }

  /** The same as an address, for a process of its own; says who logs in, but no password. */
  public String jdbcUrl() {
    return "jdbc:postgresql://%s:%d/%s?user=%s"
        .formatted(
            database.getServerNames()[0],
            database.getPortNumbers()[0],
            database.getDatabaseName(),
            database.getUser());
  }

  private static void create(PGSimpleDataSource maintenance) throws SQLException {
    try {
      execute(maintenance, "CREATE DATABASE " + NAME);
    } catch (SQLException refused) {
      if (!DUPLICATE_DATABASE.equals(refused.getSQLState())) {
        throw refused;
      }
    }
  }

  private static PGSimpleDataSource dataSource(String url) {
    var database = new PGSimpleDataSource();
    database.setUrl(url);
    return database;
  }

  private static void execute(PGSimpleDataSource database, String sql) throws SQLException {
    try (var connection = database.getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Whether its processes are known to run on this machine. */
  public boolean local() {
    return local;
  }

  /** Stops the server; its folder stays. */
  @Override
  public void close() {
    stop.run();
  }

  @Override
  public String toString() {
    return "DatabaseServer(%s:%d/%s)"
        .formatted(
            database.getServerNames()[0], database.getPortNumbers()[0], database.getDatabaseName());
  }
}
