package dev.millrace.schema.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.failure.MillraceException;
import dev.millrace.schema.SchemaFailure;
import dev.millrace.schema.hub.HubRecords;
import dev.millrace.schema.hub.Sample;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.Schema;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The registry client against a real Apicurio Registry. The server needs Java 21 or newer, which
 * may be another JDK than the one that runs this; where there is none the test is skipped, but not
 * in CI.
 */
@Timeout(300)
class ApicurioRegistryIT {
  private static final Path UNPACKED = Path.of("target", "apicurio");
  private static final String ONE = record(field("a", ""));
  private static final String OPTIONAL_ADDED =
      record(field("a", ""), field("b", ", \"default\":0"));
  private static final String REQUIRED_ADDED = record(field("a", ""), field("b", ""));

  private static ApicurioServer server;

  /** A new one for each test, which knows the server alone and nothing from before. */
  private final SchemaRegistry registry = new ConfluentSchemaRegistry(server.url(), Map.of());

  private final String subject = "s-" + UUID.randomUUID();

  @BeforeAll
  static void start() throws IOException {
    var java = NewerJdk.find(ApicurioServer.NEEDS_JAVA);
    if (java.isEmpty()) {
      var reason =
          "ApicurioRegistryIT needs a JDK %d or newer to run the server; name one in JAVA_HOME_%d"
              .formatted(ApicurioServer.NEEDS_JAVA, ApicurioServer.NEEDS_JAVA);
      assertThat(System.getenv("CI")).as(reason).isNotEqualTo("true");
      System.err.println("SKIPPED: " + reason);
      Assumptions.abort(reason);
    }
    server = ApicurioServer.start(java.get(), UNPACKED);
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void registersOnceAndFindsById() {
    var id = registry.register(subject, ONE);
    var another = new ConfluentSchemaRegistry(server.url(), Map.of());
    assertThat(another.register(subject, ONE)).isEqualTo(id);
    assertThat(new Schema.Parser().parse(another.schemaById(id)))
        .isEqualTo(new Schema.Parser().parse(ONE));
  }

  @Test
  void givesAnotherSchemaAnotherId() {
    var id = registry.register(subject, ONE);
    assertThat(registry.register(subject, OPTIONAL_ADDED)).isNotEqualTo(id);
  }

  @Test
  void refusesAFieldThatOldRecordsLack() {
    registry.register(subject, ONE);
    registry.setCompatibility(subject, "BACKWARD_TRANSITIVE");
    assertFailure(
        () -> registry.register(subject, REQUIRED_ADDED), SchemaFailure.INCOMPATIBLE_SCHEMA);
    registry.register(subject, OPTIONAL_ADDED);
  }

  /** Every record of the second version has b; those of the first have not. */
  @Test
  void refusesWhatOnlyTheLatestVersionCouldTake() {
    registry.register(subject, ONE);
    registry.setCompatibility(subject, "BACKWARD_TRANSITIVE");
    registry.register(subject, OPTIONAL_ADDED);
    assertFailure(
        () -> registry.register(subject, REQUIRED_ADDED), SchemaFailure.INCOMPATIBLE_SCHEMA);
  }

  @Test
  void setsTheLevelOfASubjectThatIsNotThereYet() {
    registry.setCompatibility(subject, "BACKWARD_TRANSITIVE");
    registry.register(subject, ONE);
    assertFailure(
        () -> registry.register(subject, REQUIRED_ADDED), SchemaFailure.INCOMPATIBLE_SCHEMA);
  }

  @Test
  void doesNotKnowOtherIds() {
    assertFailure(() -> registry.schemaById(2_000_000), SchemaFailure.UNKNOWN_SCHEMA_ID);
  }

  @Test
  void carriesRecords() {
    var type = HubRecords.SAMPLES.prefixed(subject + ".");
    var sample =
        Sample.newBuilder()
            .setAssetId("pump-1")
            .setMetricName("pressure")
            .setTimestamp(Instant.parse("2026-01-02T03:04:05.000006Z"))
            .setValue(1.25)
            .build();

    var bytes = new RecordEncoder(type, registry).encode(sample);
    var reader = new ConfluentSchemaRegistry(server.url(), Map.of());
    var decoded = new RecordDecoder(type.schema(), reader).decode(bytes, null);

    assertThat(decoded.get("asset_id")).hasToString("pump-1");
    assertThat(decoded.get("tenant_id")).hasToString("default");
    assertThat(decoded.get("timestamp")).isEqualTo(1_767_323_045_000_006L);
    assertThat(decoded.get("value")).isEqualTo(1.25);
  }

  private static void assertFailure(ThrowingCallable call, SchemaFailure code) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            MillraceException.class, failed -> assertThat(failed.code()).isEqualTo(code))
        .hasMessageContaining(server.url());
  }

  private static String field(String name, String rest) {
    return "{\"name\":\"%s\",\"type\":\"int\"%s}".formatted(name, rest);
  }

  private static String record(String... fields) {
    return "{\"type\":\"record\",\"name\":\"R\",\"fields\":[%s]}"
        .formatted(String.join(",", fields));
  }
}
