package dev.millrace.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.embedded.junit.DatabaseFixture;
import dev.millrace.embedded.junit.TimescaleExtension;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Timeout(300)
@ExtendWith(TimescaleExtension.class)
class EmbeddedTimescaleIT {

  @Test
  void hasHypertables(DatabaseFixture database) throws SQLException {
    try (var connection = DriverManager.getConnection(database.jdbcUrl())) {
      query(connection, "CREATE TABLE t (at timestamptz NOT NULL)");
      query(connection, "SELECT create_hypertable('t', by_range('at'))");
      query(connection, "INSERT INTO t VALUES ('2014-07-01'), ('2026-11-20')");
      assertThat(query(connection, "SELECT count(*) FROM show_chunks('t')")).isEqualTo("2");
    }
  }

  @Test
  void isTheApacheEditionOnPostgres17(DatabaseFixture database) throws SQLException {
    try (var connection = DriverManager.getConnection(database.jdbcUrl())) {
      assertThat(query(connection, "SHOW timescaledb.license")).isEqualTo("apache");
      assertThat(query(connection, "SHOW server_version")).startsWith("17.");
      assertThat(query(connection, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
      query(connection, "CREATE TABLE p (at timestamptz NOT NULL)");
      query(connection, "SELECT create_hypertable('p', by_range('at'))");
      assertThatThrownBy(
              () -> query(connection, "SELECT add_retention_policy('p', INTERVAL '1 day')"))
          .hasMessageContaining("apache");
    }
  }

  private static String query(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      if (!statement.execute(sql)) {
        return "";
      }
      var rows = statement.getResultSet();
      assertThat(rows.next()).isTrue();
      return rows.getString(1);
    }
  }
}
