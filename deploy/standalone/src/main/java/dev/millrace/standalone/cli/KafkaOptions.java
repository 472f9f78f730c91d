package dev.millrace.standalone.cli;

import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Option;

/** How to reach Kafka and the registry, in the names Kafka's own tools use. */
final class KafkaOptions {
  @Option(
      names = "--bootstrap-server",
      paramLabel = "HOST:PORT",
      description = "Kafka brokers to connect to.")
  private String bootstrapServer;

  @Option(
      names = "--command-config",
      paramLabel = "FILE",
      description = "Properties passed on to every Kafka client (TLS, SASL, …).")
  private Path commandConfig;

  @Option(
      names = "--schema-registry-url",
      paramLabel = "URL",
      description = "Schema registry (Confluent's REST calls).")
  private String schemaRegistryUrl;

  @Option(
      names = "--topic-prefix",
      paramLabel = "PREFIX",
      description = "What every topic name begins with; none by default.")
  private String topicPrefix;

  void into(Map<String, String> named) {
    SettingsOptions.put(named, Keys.BOOTSTRAP_SERVER.name(), bootstrapServer);
    SettingsOptions.put(named, Keys.COMMAND_CONFIG.name(), commandConfig);
    SettingsOptions.put(named, Keys.SCHEMA_REGISTRY_URL.name(), schemaRegistryUrl);
    SettingsOptions.put(named, Keys.TOPIC_PREFIX.name(), topicPrefix);
  }
}
