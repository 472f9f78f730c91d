package dev.millrace.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.failure.MillraceException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class EmbeddedDatabaseIT {
  @TempDir Path folder;

  @Test
  void keepsDatabasesOnItsFolder() throws Exception {
    try (var database = start()) {
      var url = database.createDatabase("orders");
      execute(url, "CREATE TABLE line AS SELECT 42 AS answer");
    }
    try (var database = start()) {
      var url = database.jdbcUrl().replace("/postgres?", "/orders?");
      assertThat(query(url, "SELECT answer FROM line")).isEqualTo("42");
    }
  }

  @Test
  void isPostgres17InUtf8AndUtc() throws Exception {
    try (var database = start()) {
      assertThat(query(database.jdbcUrl(), "SHOW server_version")).startsWith("17.");
      assertThat(query(database.jdbcUrl(), "SHOW server_encoding")).isEqualTo("UTF8");
      assertThat(query(database.jdbcUrl(), "SHOW listen_addresses")).isEqualTo("127.0.0.1");
      assertThat(query(database.jdbcUrl(), "SELECT lower('Ä') || ('a' < 'B')")).isEqualTo("äfalse");
      assertThat(query(database.jdbcUrl(), "SELECT current_user")).isEqualTo(database.user());
      assertThat(database.psqlUrl()).matches("postgresql://postgres@127\\.0\\.0\\.1:\\d+/postgres");
    }
  }

  @Test
  void syncsWhenAskedTo() throws Exception {
    try (var database = EmbeddedDatabase.start(folder, Loopback.ANY_PORT, Durability.SYNCED)) {
      assertThat(query(database.jdbcUrl(), "SHOW fsync")).isEqualTo("on");
      assertThat(query(database.jdbcUrl(), "SHOW synchronous_commit")).isEqualTo("on");
      assertThat(query(database.jdbcUrl(), "SHOW full_page_writes")).isEqualTo("on");
    }
  }

  @Test
  void takesAnyDatabaseName() throws Exception {
    var name = "A \"b\"; drop/ü?&";
    try (var database = start()) {
      var url = database.createDatabase(name);
      assertThat(query(url, "SELECT current_database()")).isEqualTo(name);
      assertThatThrownBy(() -> database.createDatabase(name))
          .isInstanceOfSatisfying(
              MillraceException.class,
              refused -> assertThat(refused.code()).isEqualTo(EmbeddedFailure.REFUSED))
          .hasMessageContaining("already exists");
    }
  }

  @Test
  void refusesAPortInUse() throws Exception {
    try (var other = new ServerSocket()) {
      other.bind(Loopback.socketAddress(Loopback.ANY_PORT));
      var port = other.getLocalPort();

      assertThatThrownBy(() -> EmbeddedDatabase.start(folder, port, Durability.UNSYNCED))
          .isInstanceOfSatisfying(
              MillraceException.class,
              refused -> assertThat(refused.code()).isEqualTo(EmbeddedFailure.PORT_IN_USE))
          .hasMessageContaining("PostgreSQL cannot listen on 127.0.0.1:" + port);
    }
  }

  @Test
  void refusesAFolderInUse() {
    try (var database = start()) {
      assertThat(database.user()).isEqualTo("postgres");
      assertThatThrownBy(this::start)
          .isInstanceOfSatisfying(
              MillraceException.class,
              refused -> assertThat(refused.code()).isEqualTo(EmbeddedFailure.DATA_IN_USE))
          .hasMessageContaining(folder.toString())
          .hasMessageContaining("kill");
    }
  }

  @Test
  void closesTwiceAndRemovesATemporaryFolder() {
    var database = EmbeddedDatabase.temporary();
    var text = database.toString();
    var temporary = Path.of(text.substring(text.indexOf(", ") + 2, text.length() - 1));
    assertThat(Files.exists(temporary)).isTrue();

    database.close();
    database.close();

    assertThat(Files.exists(temporary)).isFalse();
  }

  private EmbeddedDatabase start() {
    return EmbeddedDatabase.start(folder, Loopback.ANY_PORT, Durability.UNSYNCED);
  }

  private static void execute(String url, String sql) throws SQLException {
    try (var connection = DriverManager.getConnection(url);
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String query(String url, String sql) throws SQLException {
    try (var connection = DriverManager.getConnection(url);
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      assertThat(rows.next()).isTrue();
      return rows.getString(1);
    }
  }
}
