package dev.millrace.sink;

import dev.millrace.embedded.junit.DatabaseFixture;
import dev.millrace.sink.migrate.Migrator;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Migrated databases for tests that are not about migrations: on each server one is migrated, and
 * the others are copies of it, at a tenth of the cost. A TimescaleDB server looks into every
 * database it has, and one that is looked into cannot be copied: there, each is migrated.
 */
public final class Migrated {
  private static final String TEMPLATE = "migrated";
  private static final String SERVERS_OWN = "postgres";
  private static final Set<String> DONE = new HashSet<>();

  private Migrated() {}

  /** The fixture's database, migrated; to be asked for before anybody connects to it. */
  public static String url(DatabaseFixture fixture) {
    return url(fixture.jdbcUrl());
  }

  static synchronized String url(String jdbcUrl) {
    var database = new PGSimpleDataSource();
    database.setUrl(jdbcUrl);
    try {
      if (database.getDatabaseName().equals(SERVERS_OWN) || isTimescale(database)) {
        new Migrator(database).migrate();
      } else if (!DONE.contains(jdbcUrl)) {
        copyInto(database);
        DONE.add(jdbcUrl);
      }
      return jdbcUrl;
    } catch (SQLException failed) {
      throw new AssertionError("cannot migrate " + jdbcUrl, failed);
    }
  }

  private static void copyInto(PGSimpleDataSource database) throws SQLException {
    var server = on(database, SERVERS_OWN);
    var templates =
        ask(server, "SELECT count(*) FROM pg_database WHERE datname = '" + TEMPLATE + "'");
    if (templates.equals("0")) {
      execute(server, "CREATE DATABASE " + TEMPLATE);
      new Migrator(on(database, TEMPLATE)).migrate();
    }
    var name = database.getDatabaseName();
    execute(server, "DROP DATABASE \"%s\"".formatted(name));
    execute(server, "CREATE DATABASE \"%s\" TEMPLATE %s".formatted(name, TEMPLATE));
  }

  private static boolean isTimescale(PGSimpleDataSource database) throws SQLException {
    return ask(database, "SHOW shared_preload_libraries").contains("timescaledb");
  }

  /** Another database of the same server. */
  private static PGSimpleDataSource on(PGSimpleDataSource database, String name) {
    var other = new PGSimpleDataSource();
    other.setUrl(database.getUrl());
    other.setUser(database.getUser());
    other.setDatabaseName(name);
    return other;
  }

  private static String ask(PGSimpleDataSource database, String sql) throws SQLException {
    try (var connection = database.getConnection();
        var statement = connection.createStatement();
        var row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }

  private static void execute(PGSimpleDataSource database, String sql) throws SQLException {
    try (var connection = database.getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
