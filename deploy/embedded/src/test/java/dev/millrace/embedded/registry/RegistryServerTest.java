package dev.millrace.embedded.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.embedded.EmbeddedFailure;
import dev.millrace.embedded.Loopback;
import dev.millrace.failure.MillraceException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class RegistryServerTest {
  private final RegistryServer server = RegistryServer.start(Optional.empty(), Loopback.ANY_PORT);
  private final Rest rest = new Rest(server.url());

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void givesASchemaOneIdUnderAllSubjects() throws Exception {
    assertThat(id(rest.register("s", Schemas.ONE))).isEqualTo(1);
    assertThat(id(rest.register("s", Schemas.OPTIONAL_ADDED))).isEqualTo(2);
    assertThat(id(rest.register("s", Schemas.ONE))).isEqualTo(1);
    assertThat(id(rest.register("t", Schemas.OPTIONAL_ADDED))).isEqualTo(2);
    assertThat(rest.get("/subjects").body()).hasToString("[\"s\",\"t\"]");
    assertThat(rest.get("/subjects/s/versions").body()).hasToString("[1,2]");
    assertThat(rest.get("/subjects/t/versions").body()).hasToString("[1]");
  }

  @Test
  void answersWithVersionsAndSchemas() throws Exception {
    rest.register("s", Schemas.ONE);
    rest.register("s", Schemas.OPTIONAL_ADDED);

    var latest = rest.get("/subjects/s/versions/latest").body();
    assertThat(latest.path("subject").asText()).isEqualTo("s");
    assertThat(latest.path("version").asInt()).isEqualTo(2);
    assertThat(latest.path("id").asInt()).isEqualTo(2);
    var schema = latest.path("schema").asText();
    assertThat(rest.get("/schemas/ids/2").body().path("schema").asText()).isEqualTo(schema);
    assertThat(rest.get("/subjects/s/versions/1").body().path("id").asInt()).isEqualTo(1);
    var found = rest.post("/subjects/s", Map.of("schema", Schemas.OPTIONAL_ADDED));
    assertThat(found.body()).isEqualTo(latest);
  }

  @Test
  void speaksTheRegistrysContentType() throws Exception {
    var json = "application/vnd.schemaregistry.v1+json";
    assertThat(rest.get("/").contentType()).isEqualTo(json);
    assertThat(rest.get("/subjects/none/versions").contentType()).isEqualTo(json);
    assertThat(rest.get("/").body()).hasToString("{}");
    assertThat(rest.get("/mode").body()).hasToString("{\"mode\":\"READWRITE\"}");
    assertThat(rest.get("/schemas/types").body()).hasToString("[\"AVRO\"]");
  }

  @Test
  void decodesSubjects() throws Exception {
    rest.register("a%2Fb%20c+d", Schemas.ONE);
    assertThat(rest.get("/subjects").body()).hasToString("[\"a/b c+d\"]");
  }

  @Test
  void isBackwardCompatibleByDefault() throws Exception {
    assertThat(rest.get("/config").body()).hasToString("{\"compatibilityLevel\":\"BACKWARD\"}");
    rest.register("s", Schemas.ONE);

    var refused = rest.register("s", Schemas.REQUIRED_ADDED);

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.errorCode()).isEqualTo(409);
    assertThat(refused.body().path("message").asText()).contains("\"s\"", "/fields/1");
    assertThat(rest.get("/subjects/s/versions").body()).hasToString("[1]");
  }

  @Test
  void comparesWithAllVersionsOnlyWhereTheLevelIsTransitive() throws Exception {
    growTo("latest-only", "BACKWARD");
    growTo("transitive", "BACKWARD_TRANSITIVE");

    assertThat(rest.register("latest-only", Schemas.B_REQUIRED).status()).isEqualTo(200);
    assertThat(rest.register("transitive", Schemas.B_REQUIRED).status()).isEqualTo(409);
  }

  /**
   * {@link Schemas#B_REQUIRED} can read the second version, which always has b, but not the first.
   */
  private void growTo(String subject, String level) throws Exception {
    rest.put("/config/" + subject, Map.of("compatibility", level));
    rest.register(subject, Schemas.ONE);
    rest.register(subject, Schemas.OPTIONAL_ADDED);
  }

  @ParameterizedTest
  @CsvSource({
    "NONE,true,true",
    "BACKWARD,true,false",
    "BACKWARD_TRANSITIVE,true,false",
    "FORWARD,true,true",
    "FORWARD_TRANSITIVE,true,true",
    "FULL,true,false",
    "FULL_TRANSITIVE,true,false"
  })
  void enforcesEveryLevel(String level, boolean optionalAllowed, boolean requiredAllowed)
      throws Exception {
    assertThat(rest.put("/config", Map.of("compatibility", level)).status()).isEqualTo(200);
    rest.register("s", Schemas.ONE);
    assertThat(compatible(Schemas.OPTIONAL_ADDED)).isEqualTo(optionalAllowed);
    assertThat(compatible(Schemas.REQUIRED_ADDED)).isEqualTo(requiredAllowed);
    assertThat(rest.register("s", Schemas.REQUIRED_ADDED).status())
        .isEqualTo(requiredAllowed ? 200 : 409);
  }

  private boolean compatible(String schema) throws Exception {
    var path = "/compatibility/subjects/s/versions";
    var withAll = rest.post(path, Map.of("schema", schema));
    var withLatest = rest.post(path + "/latest", Map.of("schema", schema));
    assertThat(withAll.body()).isEqualTo(withLatest.body());
    return withAll.body().path("is_compatible").booleanValue();
  }

  @Test
  void saysWhyWhenAsked() throws Exception {
    rest.register("s", Schemas.ONE);
    var path = "/compatibility/subjects/s/versions/1?verbose=true";
    var verdict = rest.post(path, Map.of("schema", Schemas.REQUIRED_ADDED));
    assertThat(verdict.body().path("messages")).isNotEmpty();
  }

  @Test
  void keepsLevelsBySubject() throws Exception {
    assertThat(rest.get("/config/s").errorCode()).isEqualTo(40_408);
    var global = rest.get("/config/s?defaultToGlobal=true").body();
    assertThat(global.path("compatibilityLevel").asText()).isEqualTo("BACKWARD");

    var set = rest.put("/config/s", Map.of("compatibility", "NONE"));

    assertThat(set.body()).hasToString("{\"compatibility\":\"NONE\"}");
    var own = rest.get("/config/s").body();
    assertThat(own.path("compatibilityLevel").asText()).isEqualTo("NONE");
    rest.register("s", Schemas.ONE);
    assertThat(rest.register("s", Schemas.REQUIRED_ADDED).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "/subjects/none/versions, 404, 40401",
    "/subjects/none/versions/1, 404, 40401",
    "/subjects/s/versions/2, 404, 40402",
    "/subjects/s/versions/0, 422, 42202",
    "/subjects/s/versions/first, 422, 42202",
    "/schemas/ids/99, 404, 40403",
    "/schemas/ids/one, 404, 40403",
    "/nowhere, 404, 404",
    "/compatibility/subjects/s/versions/1, 405, 405"
  })
  void refusesWithConfluentsCodes(String path, int status, int code) throws Exception {
    rest.register("s", Schemas.ONE);
    var refused = rest.get(path);
    assertThat(refused.status()).isEqualTo(status);
    assertThat(refused.errorCode()).isEqualTo(code);
    assertThat(refused.body().path("message").asText()).isNotBlank();
  }

  @Test
  void refusesToFindWhatIsNotThere() throws Exception {
    rest.register("s", Schemas.ONE);
    var schema = Map.of("schema", Schemas.OPTIONAL_ADDED);
    assertThat(rest.post("/subjects/s", schema).errorCode()).isEqualTo(40_403);
    assertThat(rest.post("/subjects/none", schema).errorCode()).isEqualTo(40_401);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"schema\": \"{\\\"type\\\": \\\"nothing\\\"}\"}",
        "{\"schema\": \"\"}",
        "{\"schema\": 1}",
        "{}",
        "{\"schema\": \"\\\"int\\\"\", \"schemaType\": \"PROTOBUF\"}",
        "{\"schema\": \"\\\"int\\\"\", \"references\": [{\"name\": \"x\"}]}"
      })
  void refusesWhatIsNoAvroSchema(String body) throws Exception {
    var refused = rest.call("POST", "/subjects/s/versions", body);
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.errorCode()).isEqualTo(42_201);
    assertThat(rest.get("/subjects").body()).isEmpty();
  }

  @Test
  void refusesBadBodiesAndLevels() throws Exception {
    assertThat(rest.call("POST", "/subjects/s/versions", "{").status()).isEqualTo(400);
    var level = rest.put("/config", Map.of("compatibility", "SIDEWAYS"));
    assertThat(level.errorCode()).isEqualTo(42_203);
    assertThat(level.body().path("message").asText()).contains("SIDEWAYS", "BACKWARD_TRANSITIVE");
  }

  @Test
  void refusesAPortInUse() {
    var port = Integer.parseInt(server.url().substring(server.url().lastIndexOf(':') + 1));
    assertThatThrownBy(() -> RegistryServer.start(Optional.empty(), port))
        .isInstanceOfSatisfying(
            MillraceException.class,
            refused -> assertThat(refused.code()).isEqualTo(EmbeddedFailure.PORT_IN_USE))
        .hasMessageContaining("127.0.0.1:" + port);
  }

  private static int id(Rest.Answer answer) {
    assertThat(answer.status()).isEqualTo(200);
    return answer.body().path("id").asInt();
  }
}
