package dev.millrace.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.config.Key;
import dev.millrace.config.Secret;
import dev.millrace.config.Settings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseConfigTest {
  private static final String PASSWORD = "s3cret";

  @Test
  void defaults() {
    assertThat(DatabaseConfig.from(Settings.of(Map.of("database.url", "postgresql://h/d"))))
        .isEqualTo(
            new DatabaseConfig(
                "jdbc:postgresql://h/d",
                "",
                Secret.NONE,
                Duration.ofSeconds(3),
                Duration.ofSeconds(60),
                4,
                Map.of()));
  }

  @Test
  void aMigrationTakesAsLongAsItTakes() {
    var address = "postgresql://h/d";
    assertThat(DatabaseConfig.of(address).patient().properties())
        .containsEntry("socketTimeout", new Secret("0"));
    assertThat(DatabaseConfig.of(address + "?socketTimeout=600").patient().properties())
        .containsEntry("socketTimeout", new Secret("600"));
  }

  @Test
  void everyKeyIsMapped() {
    var given =
        Map.of(
            "database.url", "jdbc:postgresql://h:1/d",
            "database.user", "u",
            "database.password", PASSWORD,
            "database.connect_timeout_ms", "1000",
            "database.socket_timeout_ms", "2000",
            "database.pool_size", "3");
    assertThat(given.keySet())
        .isEqualTo(DatabaseConfig.KEYS.stream().map(Key::name).collect(Collectors.toSet()));
    var flags = new HashMap<>(given);
    flags.put("database.properties.sslmode", "require");
    assertThat(DatabaseConfig.from(Settings.of(flags)))
        .isEqualTo(
            new DatabaseConfig(
                "jdbc:postgresql://h:1/d",
                "u",
                new Secret(PASSWORD),
                Duration.ofSeconds(1),
                Duration.ofSeconds(2),
                3,
                Map.of("sslmode", new Secret("require"))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgresql://u:s3cret@h:5433/d?sslmode=require",
        "postgres://u:s3cret@h:5433/d?sslmode=require",
        "jdbc:postgresql://h:5433/d?user=u&password=s3cret&sslmode=require"
      })
  void takesEveryFormOfUrlApart(String url) {
    var config = DatabaseConfig.of(url);
    assertThat(config.url()).isEqualTo("jdbc:postgresql://h:5433/d");
    assertThat(config.user()).isEqualTo("u");
    assertThat(config.password()).isEqualTo(new Secret(PASSWORD));
    assertThat(config.properties()).containsExactly(Map.entry("sslmode", new Secret("require")));
  }

  @Test
  void decodesUserAndPassword() {
    var config = DatabaseConfig.of("postgresql://a%40b:p%3A%2F+w@[::1]:5432/d");
    assertThat(config.user()).isEqualTo("a@b");
    assertThat(config.password().value()).isEqualTo("p:/+w");
    assertThat(config.url()).isEqualTo("jdbc:postgresql://[::1]:5432/d");
  }

  @Test
  void neverPrintsASecret() {
    var config = DatabaseConfig.of("postgresql://u:s3cret@h/d?sslpassword=s3cret");
    assertThat(config.toString()).doesNotContain(PASSWORD);
    try (var database = Database.open(config)) {
      assertThat(database.toString()).doesNotContain(PASSWORD).contains("//h/d");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"mysql://u:s3cret@h/d", "h:5432", "postgresql://", "postgresql://h:s3cret/d"})
  void refusesWhatIsNoAddressWithoutPrintingIt(String url) {
    var settings = Settings.of(Map.of("database.url", url));
    DatabaseConfig.from(settings);
    assertThatThrownBy(() -> settings.requireValid(DatabaseConfig.KEYS, List.of()))
        .hasMessageContaining("database.url is no address")
        .hasMessageNotContaining(PASSWORD);
  }

  @Test
  void failsSoonAndSaysWhereAndWhatToDoIfNobodyAnswers() {
    var flags =
        Map.of(
            "database.url", "postgresql://u:s3cret@127.0.0.1:1/d",
            "database.connect_timeout_ms", "250");
    try (var database = Database.open(DatabaseConfig.from(Settings.of(flags)))) {
      assertThatThrownBy(database::check)
          .hasMessageContaining("no database answers at jdbc:postgresql://127.0.0.1:1/d")
          .hasMessageContaining("database.url")
          .hasMessageNotContaining(PASSWORD);
    }
  }
}
