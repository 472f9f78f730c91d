package dev.millrace.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.embedded.junit.DatabaseExtension;
import dev.millrace.embedded.junit.DatabaseFixture;
import dev.millrace.failure.MillraceException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
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
}
