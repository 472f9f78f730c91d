package dev.millrace.embedded.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
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
  void removesALineThatWasCutOffWithinACharacter() throws Exception {
    try (var server = start()) {
      new Rest(server.url()).register("s", Schemas.ONE);
    }
    var firstByteOfTwo = new byte[] {'{', '"', (byte) 0xc3};
    Files.write(journal, firstByteOfTwo, StandardOpenOption.APPEND);
    try (var server = start()) {
      assertThat(new Rest(server.url()).get("/subjects").body()).hasToString("[\"s\"]");
    }
  }

  /** An id that is answered and not on the disk would be another schema's after a restart. */
  @Test
  void takesNothingThatItCannotWrite() {
    var store = new RegistryStore();
    var unwritable = RegistryJournal.open(journal, store);
    unwritable.close();
    var api = new RegistryApi(store, Optional.of(unwritable));

    var registration = JsonNodeFactory.instance.objectNode().put("schema", Schemas.ONE);
    for (var attempt = 0; attempt < 2; attempt++) {
      assertThatThrownBy(() -> call(api, "/subjects/s/versions", "POST", registration))
          .isInstanceOf(MillraceException.class);
    }
    assertThat(store.subjects()).isEmpty();

    var level = JsonNodeFactory.instance.objectNode().put("compatibility", "NONE");
    assertThatThrownBy(() -> call(api, "/config", "PUT", level))
        .isInstanceOf(MillraceException.class);
    assertThatThrownBy(() -> call(api, "/config/s", "PUT", level))
        .isInstanceOf(MillraceException.class);
    assertThat(store.globalLevel()).isEqualTo("BACKWARD");
    assertThat(store.level("s")).isEmpty();
  }

  private static Object call(RegistryApi api, String path, String method, JsonNode body) {
    var segments = Route.segments(path);
    var route =
        api.routes().stream()
            .filter(each -> each.method().equals(method) && each.match(segments).isPresent())
            .findFirst()
            .orElseThrow();
    return route.call().answer(new Request(route.match(segments).orElseThrow(), "", body));
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
