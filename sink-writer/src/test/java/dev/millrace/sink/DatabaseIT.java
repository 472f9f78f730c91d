package dev.millrace.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.embedded.junit.DatabaseExtension;
import dev.millrace.embedded.junit.DatabaseFixture;
import dev.millrace.failure.MillraceException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(DatabaseExtension.class)
class DatabaseIT {
  private final String url;

  DatabaseIT(DatabaseFixture fixture) {
    url = fixture.jdbcUrl();
  }

  @Test
  void answersAndHangsUpOnATransactionThatIdles() throws SQLException {
    try (var database = Database.open(DatabaseConfig.of(url))) {
      database.check();
      try (var connection = database.dataSource().getConnection();
          var statement = connection.createStatement();
          var shown = statement.executeQuery("SHOW idle_in_transaction_session_timeout")) {
        shown.next();
        assertThat(shown.getString(1)).isEqualTo("1min");
      }
    }
  }

  @Test
  void saysWhoIsRefusedIfTheDatabaseIsNotThere() {
    var missing = url.replaceFirst("/[^/?]*\\?", "/nowhere?");
    try (var database = Database.open(DatabaseConfig.of(missing))) {
      assertThatThrownBy(database::check)
          .isInstanceOfSatisfying(
              MillraceException.class,
              failed -> assertThat(failed.code()).isEqualTo(DatabaseFailure.LOGIN_REFUSED))
          .hasMessageContaining("the user 'postgres'")
          .hasMessageContaining("\"nowhere\" does not exist");
    }
  }

  /** Whoever waits for a pool that cannot connect waits for the whole connect time-out. */
  @Test
  @Timeout(20)
  void tellsAtOnceThatNobodyListens() throws IOException {
    int port;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    var nowhere =
        Map.of(
            "database.url",
            "postgresql://nobody@127.0.0.1:" + port + "/nowhere",
            "database.connect_timeout_ms",
            "30000");
    try (var database = Database.open(DatabaseConfig.of(nowhere))) {
      assertThatThrownBy(database::check)
          .isInstanceOfSatisfying(
              MillraceException.class,
              failed -> assertThat(failed.code()).isEqualTo(DatabaseFailure.UNREACHABLE))
          .hasMessageContaining("127.0.0.1:" + port);
    }
  }
}
