package dev.millrace.standalone.cli;

import dev.millrace.aggregate.AggregatorConfig;
import dev.millrace.config.Key;
import dev.millrace.producer.PublisherConfig;
import dev.millrace.producer.generator.GeneratorConfig;
import dev.millrace.sink.DatabaseConfig;
import dev.millrace.sink.SinkConfig;
import dev.millrace.standalone.http.HttpConfig;
import java.util.List;
import java.util.stream.Stream;

/** Every configuration key of the product: what a key is checked against, whatever the command. */
final class Keys {
  static final Key BOOTSTRAP_SERVER =
      new Key("bootstrap_server", null, "Kafka brokers, host:port[,host:port…]");
  static final Key COMMAND_CONFIG =
      new Key("command_config", "", "properties file passed on to every Kafka client");
  static final Key SCHEMA_REGISTRY_URL =
      new Key("schema_registry_url", null, "address of the schema registry");
  static final Key TOPIC_PREFIX = new Key("topic_prefix", "", "what every topic name begins with");

  static final List<Key> ALL =
      Stream.of(
              List.of(BOOTSTRAP_SERVER, COMMAND_CONFIG, SCHEMA_REGISTRY_URL, TOPIC_PREFIX),
              PublisherConfig.KEYS,
              GeneratorConfig.KEYS,
              AggregatorConfig.KEYS,
              SinkConfig.KEYS,
              DatabaseConfig.KEYS,
              HttpConfig.KEYS)
          .flatMap(List::stream)
          .toList();

  /** Below these, every key goes to Kafka, the registry's client or pgjdbc as it is. */
  static final List<String> PASSED_ON = List.of("kafka.", "registry.", "database.properties.");

  private Keys() {}
}
