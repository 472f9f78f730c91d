package dev.millrace.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
  private static final Key ROWS = new Key("sink.batch_rows", "500", "rows a batch");
  private static final Key WAIT = new Key("sink.poll_timeout_ms", "100", "how long to wait");
  private static final Key URL = new Key("database.url", null, "where the database is");
  private static final Key PASSWORD = new Key("database.password", "", "its password");
  private static final List<Key> KNOWN = List.of(ROWS, WAIT, URL, PASSWORD);

  @Test
  void flagWinsOverEnvironmentOverFileOverDefault() {
    var flags = Map.of("sink.batch_rows", "1");
    var environment = Map.of("MILLRACE_SINK_BATCH_ROWS", "2");
    var file = Map.of("sink.batch_rows", "3");

    assertThat(new Settings(flags, environment, file).find(ROWS)).contains("1");
    assertThat(new Settings(Map.of(), environment, file).find(ROWS)).contains("2");
    assertThat(new Settings(Map.of(), Map.of(), file).find(ROWS)).contains("3");
    assertThat(new Settings(Map.of(), Map.of(), Map.of()).find(ROWS)).contains("500");
  }

  @Test
  void allProblemsAreReportedAtOnce() {
    var settings =
        new Settings(
            Map.of("sink.batch_rows", "0"),
            Map.of("MILLRACE_SINK_POLL_TIMEOUT_MS", "soon", "MILLRACE_SINK_BATCH_ROW", "7"),
            Map.of("sink.batch_rwos", "9", "kafka.linger.ms", "5"));
    settings.integer(ROWS, 1, 1_000);
    settings.millis(WAIT, Duration.ofMillis(1), Duration.ofSeconds(10));
    settings.text(URL);

    assertThatThrownBy(() -> settings.requireValid(KNOWN, List.of("kafka.")))
        .hasMessageContaining("5 problems")
        .hasMessageContaining("sink.batch_rows is 0; it must be from 1 to 1000")
        .hasMessageContaining("sink.poll_timeout_ms is 'soon'; it must be a whole number")
        .hasMessageContaining("database.url is missing: where the database is")
        .hasMessageContaining("sink.batch_rwos is no key, did you mean 'sink.batch_rows'?")
        .hasMessageContaining(
            "MILLRACE_SINK_BATCH_ROW is no key, did you mean 'MILLRACE_SINK_BATCH_ROWS'?");
  }

  @Test
  void aBadValueNeverReachesTheComponent() {
    var settings = Settings.of(Map.of("sink.batch_rows", "-4"));
    assertThat(settings.integer(ROWS, 1, 1_000)).isEqualTo(500);
  }

  @Test
  void passedOnKeysLoseTheirPrefix() {
    var settings =
        new Settings(Map.of("kafka.acks", "all"), Map.of(), Map.of("kafka.linger.ms", "5"));
    assertThat(settings.passThrough("kafka."))
        .containsOnly(Map.entry("acks", "all"), Map.entry("linger.ms", "5"));
  }

  @Test
  void secretsComeFromFilesAndAreNotPrinted(@TempDir Path folder) throws IOException {
    var path = Files.writeString(folder.resolve("password"), "hunter2\n");
    var settings = Settings.of(Map.of("database.password_file", path.toString()));

    var secret = settings.secret(PASSWORD);

    assertThat(secret.value()).isEqualTo("hunter2");
    assertThat(secret.toString()).doesNotContain("hunter2");
    settings.requireValid(KNOWN, List.of());
  }

  @Test
  void aSecretFileThatIsNotThereIsAProblem() {
    var settings = Settings.of(Map.of("database.password_file", "/nowhere/password"));
    assertThat(settings.secret(PASSWORD)).isEqualTo(Secret.NONE);
    assertThatThrownBy(() -> settings.requireValid(KNOWN, List.of()))
        .hasMessageContaining("database.password_file names '/nowhere/password'");
  }
}
