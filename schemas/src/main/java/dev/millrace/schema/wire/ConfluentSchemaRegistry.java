package dev.millrace.schema.wire;

import dev.millrace.failure.MillraceException;
import dev.millrace.schema.SchemaFailure;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.ParsedSchema;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.avro.AvroSchema;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.avro.AvroSchemaProvider;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.SchemaRegistryClientFactory;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;

/**
 * Confluent's own client behind {@link SchemaRegistry}: against Confluent Schema Registry, Apicurio
 * ({@code …/apis/ccompat/v7}), Karapace, Redpanda, and {@code mock://} scopes inside one JVM.
 *
 * <p>This is the one class that names the client. The copy on Maven Central lives, relocated,
 * inside a Flink jar; who can reach Confluent's repository changes the imports here and nothing
 * else. Schemas and ids are cached by the client; the cache holds {@value #CACHED_SCHEMAS} a
 * subject.
 */
public final class ConfluentSchemaRegistry implements SchemaRegistry {
  private static final int CACHED_SCHEMAS = 1_000;
  private static final int SCHEMA_NOT_FOUND = 40_403;
  private static final int CONFLICT = 409;

  private final String url;
  private final SchemaRegistryClient client;

  /**
   * Connects on first use.
   *
   * @param url address of the registry, or {@code mock://scope}
   * @param properties the client's own settings (authentication, TLS), passed through untouched
   */
  public ConfluentSchemaRegistry(String url, Map<String, ?> properties) {
    this.url = url;
    this.client =
        SchemaRegistryClientFactory.newClient(
            List.of(url), CACHED_SCHEMAS, List.of(new AvroSchemaProvider()), properties, Map.of());
  }

  @Override
  public int register(String subject, String schemaJson) {
    try {
      return client.register(subject, new AvroSchema(schemaJson));
    } catch (RestClientException refused) {
      if (refused.getStatus() == CONFLICT) {
        throw new MillraceException(
            SchemaFailure.INCOMPATIBLE_SCHEMA,
            "the registry at %s refuses the new schema of %s: %s. Give new fields a default and remove no field without one."
                .formatted(url, subject, refused.getMessage()),
            refused);
      }
      throw unavailable(refused);
    } catch (IOException away) {
      throw unavailable(away);
    }
  }

  @Override
  public String schemaById(int id) {
    try {
      ParsedSchema schema = client.getSchemaById(id);
      return schema.canonicalString();
    } catch (RestClientException refused) {
      if (refused.getErrorCode() == SCHEMA_NOT_FOUND || refused.getStatus() == 404) {
        throw new MillraceException(
            SchemaFailure.UNKNOWN_SCHEMA_ID,
            "the registry at %s has no schema with id %d; was the record written with another registry?"
                .formatted(url, id),
            refused);
      }
      throw unavailable(refused);
    } catch (IOException away) {
      throw unavailable(away);
    }
  }

  @Override
  public void setCompatibility(String subject, String level) {
    try {
      client.updateCompatibility(subject, level);
    } catch (RestClientException | IOException failed) {
      throw unavailable(failed);
    }
  }

  private MillraceException unavailable(Exception cause) {
    return new MillraceException(
        SchemaFailure.REGISTRY_UNAVAILABLE,
        "the schema registry at %s does not answer (%s); check --schema-registry-url and that it runs"
            .formatted(url, cause.getMessage()),
        cause);
  }

  @Override
  public String toString() {
    return "ConfluentSchemaRegistry(" + url + ")";
  }
}
