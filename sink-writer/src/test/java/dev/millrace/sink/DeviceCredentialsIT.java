package dev.millrace.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.embedded.junit.DatabaseExtension;
import dev.millrace.embedded.junit.DatabaseFixture;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The table of credentials says where a secret is kept, and takes nothing that is not a place. */
@ExtendWith(DatabaseExtension.class)
class DeviceCredentialsIT {
  private final Database database;

  DeviceCredentialsIT(DatabaseFixture fixture) {
    database = Database.open(DatabaseConfig.of(Migrated.url(fixture)));
  }

  @AfterEach
  void close() {
    database.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"vault://network/core-1", "file:///run/secrets/core-1"})
  void takesAReference(String reference) throws SQLException {
    assertThat(insert(reference)).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"hunter2", "", "pass: word", "-----BEGIN OPENSSH PRIVATE KEY-----"})
  void refusesASecret(String secret) {
    assertThatThrownBy(() -> insert(secret)).hasMessageContaining("secret_ref_is_a_reference");
  }

  private int insert(String reference) throws SQLException {
    try (var connection = database.dataSource().getConnection();
        var statement =
            connection.prepareStatement(
                "INSERT INTO network.device_credentials (device_ip, secret_ref)"
                    + " VALUES ('10.120.0.1', ?)")) {
      statement.setString(1, reference);
      var rows = statement.executeUpdate();
      connection.rollback();
      return rows;
    }
  }
}
