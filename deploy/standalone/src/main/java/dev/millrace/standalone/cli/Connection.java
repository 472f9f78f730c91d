package dev.millrace.standalone.cli;

import dev.millrace.catalog.Millrace;
import dev.millrace.config.Settings;
import dev.millrace.failure.MillraceException;
import dev.millrace.schema.RecordCatalog;
import dev.millrace.schema.wire.ConfluentSchemaRegistry;
import dev.millrace.schema.wire.SchemaRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;

/**
 * What a command needs to talk to Kafka.
 *
 * @param bootstrapServer the brokers as given
 * @param kafka properties for every Kafka client
 * @param registryUrl the registry as given
 * @param registryProperties properties for its client
 * @param catalog the record types, on their prefixed topics
 */
record Connection(
    String bootstrapServer,
    Map<String, String> kafka,
    String registryUrl,
    Map<String, String> registryProperties,
    RecordCatalog catalog) {
  private static final int REACH_SECONDS = 8;

  static Connection from(Settings settings) {
    var bootstrapServer = settings.text(Keys.BOOTSTRAP_SERVER);
    var kafka = new LinkedHashMap<String, String>();
    settings
        .find(Keys.COMMAND_CONFIG)
        .filter(path -> !path.isEmpty())
        .ifPresent(path -> kafka.putAll(Settings.readFile(Path.of(path))));
    kafka.putAll(settings.passThrough("kafka."));
    kafka.put("bootstrap.servers", bootstrapServer);
    var prefix = settings.find(Keys.TOPIC_PREFIX).orElse("");
    return new Connection(
        bootstrapServer,
        kafka,
        settings.text(Keys.SCHEMA_REGISTRY_URL),
        settings.passThrough("registry."),
        prefix.isEmpty() ? Millrace.CATALOG : Millrace.CATALOG.prefixed(prefix));
  }

  SchemaRegistry registry() {
    return new ConfluentSchemaRegistry(registryUrl, registryProperties);
  }

  /**
   * An admin client of brokers that answer.
   *
   * @throws MillraceException within {@value #REACH_SECONDS} seconds, if none does
   */
  Admin admin() {
    Admin admin;
    try {
      admin = Admin.create(new LinkedHashMap<>(kafka));
    } catch (KafkaException unusable) {
      var cause = unusable.getCause() == null ? unusable : unusable.getCause();
      throw new MillraceException(
          CommandFailure.KAFKA_SETTINGS,
          "cannot use the Kafka settings (--bootstrap-server %s): %s"
              .formatted(bootstrapServer, cause.getMessage()),
          unusable);
    }
    try {
      admin.describeCluster().clusterId().get(REACH_SECONDS, TimeUnit.SECONDS);
      return admin;
    } catch (ExecutionException | TimeoutException away) {
      admin.close(Duration.ZERO);
      throw new MillraceException(
          CommandFailure.BROKER_UNAVAILABLE,
          "no Kafka broker answers at %s; check --bootstrap-server and that the broker runs and listens there"
              .formatted(bootstrapServer),
          away);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new MillraceException(
          CommandFailure.BROKER_UNAVAILABLE, "interrupted while connecting", interrupted);
    }
  }

  /** Checks that the brokers answer. */
  void requireBroker() {
    admin().close();
  }
}
