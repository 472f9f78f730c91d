package dev.millrace.sink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.embedded.junit.DatabaseFixture;
import dev.millrace.embedded.junit.OlderDatabaseExtension;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** On PostgreSQL 15 alone. */
class CatalogStorageOnPostgres15IT extends CatalogStorageContract {
  @RegisterExtension
  static final OlderDatabaseExtension DATABASE = OlderDatabaseExtension.version(15);

  @Test
  void isOfThatVersion(DatabaseFixture fixture) throws SQLException {
    try (var connection = DriverManager.getConnection(fixture.jdbcUrl())) {
      assertThat(connection.getMetaData().getDatabaseMajorVersion()).isEqualTo(15);
    }
  }
}
