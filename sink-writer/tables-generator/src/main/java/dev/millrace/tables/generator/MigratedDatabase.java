package dev.millrace.tables.generator;

import dev.millrace.embedded.EmbeddedDatabase;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * An empty database with every migration run, and without the partitions that migrations make:
 * those depend on the day, and have no class.
 */
final class MigratedDatabase implements AutoCloseable {
  private static final String SCHEMA = "millrace";

  private final EmbeddedDatabase server;
  private final PGSimpleDataSource database = new PGSimpleDataSource();

  private MigratedDatabase(EmbeddedDatabase server) {
    this.server = server;
    database.setURL(server.jdbcUrl());
  }

  static MigratedDatabase start() throws SQLException, IOException {
    var started = new MigratedDatabase(EmbeddedDatabase.temporary());
    try {
      started.migrate();
      started.dropPartitions();
      return started;
    } catch (SQLException | IOException | RuntimeException failed) {
      started.close();
      throw failed;
    }
  }

  private void migrate() {
    Flyway.configure(MigratedDatabase.class.getClassLoader())
        .dataSource(database)
        .locations("classpath:db/migration")
        .failOnMissingLocations(true)
        .defaultSchema(SCHEMA)
        .table("schema_history")
        .load()
        .migrate();
  }

  private void dropPartitions() throws SQLException, IOException {
    try (var connection = connect();
        var statement = connection.createStatement()) {
      statement.execute(Sql.read("drop-partitions.sql"));
    }
  }

  Connection connect() throws SQLException {
    return database.getConnection();
  }

  @Override
  public void close() {
    server.close();
  }
}
