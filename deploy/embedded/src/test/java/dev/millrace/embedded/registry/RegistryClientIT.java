package dev.millrace.embedded.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.embedded.Loopback;
import dev.millrace.failure.MillraceException;
import dev.millrace.schema.SchemaFailure;
import dev.millrace.schema.wire.ConfluentSchemaRegistry;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Confluent's own client, as the pipeline uses it, against our server. */
@Timeout(60)
class RegistryClientIT {
  private final RegistryServer server = RegistryServer.start(Optional.empty(), Loopback.ANY_PORT);

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void registersOnceAndFindsById() {
    var id = client().register("s", Schemas.ONE);
    assertThat(client().register("s", Schemas.ONE)).isEqualTo(id);
    assertThat(client().schemaById(id)).contains("\"name\":\"R\"");
  }

  @Test
  void refusesWhatIsIncompatible() {
    client().setCompatibility("s", "BACKWARD_TRANSITIVE");
    client().register("s", Schemas.ONE);
    client().register("s", Schemas.OPTIONAL_ADDED);
    assertFailure(
        () -> client().register("s", Schemas.B_REQUIRED), SchemaFailure.INCOMPATIBLE_SCHEMA);
  }

  @Test
  void doesNotKnowOtherIds() {
    assertFailure(() -> client().schemaById(99), SchemaFailure.UNKNOWN_SCHEMA_ID);
  }

  @Test
  void saysThatTheServerIsAway() {
    server.close();
    assertFailure(() -> client().register("s", Schemas.ONE), SchemaFailure.REGISTRY_UNAVAILABLE);
    assertFailure(() -> client().schemaById(1), SchemaFailure.REGISTRY_UNAVAILABLE);
  }

  /** A new client each time: one of them remembers what it has seen. */
  private ConfluentSchemaRegistry client() {
    return new ConfluentSchemaRegistry(server.url(), Map.of());
  }

  private void assertFailure(ThrowingCallable call, SchemaFailure code) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            MillraceException.class, failed -> assertThat(failed.code()).isEqualTo(code))
        .hasMessageContaining(server.url());
  }
}
