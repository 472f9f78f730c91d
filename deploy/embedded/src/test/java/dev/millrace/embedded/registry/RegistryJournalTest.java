package dev.millrace.embedded.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.embedded.EmbeddedFailure;
import dev.millrace.embedded.Loopback;
import dev.millrace.failure.MillraceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RegistryJournalTest {
  @TempDir Path folder;
  private Path journal;

  @BeforeEach
  void name() {
    journal = folder.resolve("deep/registry.jsonl");
  }

  @Test
  void keepsIdsVersionsAndLevels() throws Exception {
    try (var server = start()) {
      var rest = new Rest(server.url());
      rest.put("/config", Map.of("compatibility", "FULL"));
      rest.put("/config/s", Map.of("compatibility", "NONE"));
      rest.register("s", Schemas.ONE);
      rest.register("t", Schemas.FIRST_REMOVED);
      rest.register("s", Schemas.REQUIRED_ADDED);
    }
    try (var server = start()) {
      var rest = new Rest(server.url());
      assertThat(rest.get("/subjects/s/versions").body()).hasToString("[1,2]");
      assertThat(rest.register("t", Schemas.FIRST_REMOVED).body()).hasToString("{\"id\":2}");
      assertThat(rest.register("s", Schemas.REQUIRED_ADDED).body()).hasToString("{\"id\":3}");
      assertThat(rest.register("u", Schemas.B_REQUIRED).body()).hasToString("{\"id\":4}");
      assertThat(rest.get("/config").body().toString()).contains("FULL");
      assertThat(rest.get("/config/s").body().toString()).contains("NONE");
    }
  }

  @Test
  void writesWhatChangesAndNothingElse() throws Exception {
    try (var server = start()) {
      var rest = new Rest(server.url());
      rest.register("s", Schemas.ONE);
      rest.register("s", Schemas.ONE);
      rest.register("s", Schemas.REQUIRED_ADDED);
      rest.put("/config", Map.of("compatibility", "SIDEWAYS"));
      assertThat(Files.readAllLines(journal)).hasSize(1);
    }
  }

  @Test
  void removesALineThatACrashCutOff() throws Exception {
    try (var server = start()) {
      new Rest(server.url()).register("s", Schemas.ONE);
    }
    Files.writeString(journal, "{\"subject\":\"ü", StandardOpenOption.APPEND);
    try (var server = start()) {
      new Rest(server.url()).register("s", Schemas.OPTIONAL_ADDED);
    }
    try (var server = start()) {
      var versions = new Rest(server.url()).get("/subjects/s/versions");
      assertThat(versions.body()).hasToString("[1,2]");
    }
    assertThat(Files.readAllLines(journal)).hasSize(2);
  }

  @Test
  void refusesAJournalThatIsDamaged() throws Exception {
    Files.createDirectories(journal.getParent());
    Files.writeString(journal, "{\"compatibility\":\"NONE\"}\nnonsense\n");
    assertThatThrownBy(this::start)
        .isInstanceOfSatisfying(
            MillraceException.class,
            refused -> assertThat(refused.code()).isEqualTo(EmbeddedFailure.UNUSABLE_DATA))
        .hasMessageContaining(journal.toString())
        .hasMessageContaining("line 2");
  }

  private RegistryServer start() {
    return RegistryServer.start(Optional.of(journal), Loopback.ANY_PORT);
  }
}
