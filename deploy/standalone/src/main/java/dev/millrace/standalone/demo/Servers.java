package dev.millrace.standalone.demo;

import dev.millrace.embedded.Durability;
import dev.millrace.embedded.EmbeddedDatabase;
import dev.millrace.embedded.EmbeddedKafka;
import dev.millrace.embedded.registry.RegistryServer;
import java.util.Optional;

/**
 * Kafka, PostgreSQL and a schema registry on loopback, in this process, with their data in the
 * workspace.
 */
final class Servers implements AutoCloseable {
  private final Closing closing = new Closing();
  private final EmbeddedKafka kafka;
  private final EmbeddedDatabase database;
  private final RegistryServer registry;

  /**
   * The ports to listen on; 0 for a free one.
   *
   * @param kafka of the broker
   * @param database of PostgreSQL
   * @param registry of the schema registry
   */
  record Ports(int kafka, int database, int registry) {}

  /** Starts all three; if one fails, ends those that run. */
  Servers(Workspace workspace, Ports ports) {
    var durability = workspace.kept() ? Durability.SYNCED : Durability.UNSYNCED;
    try {
      kafka = closing.add(EmbeddedKafka.start(workspace.folder("kafka"), ports.kafka()));
      database =
          closing.add(
              EmbeddedDatabase.start(workspace.folder("postgres"), ports.database(), durability));
      registry =
          closing.add(
              RegistryServer.start(
                  Optional.of(workspace.folder("registry.ndjson")), ports.registry()));
    } catch (RuntimeException failed) {
      closing.close();
      throw failed;
    }
  }

  /** Where all three listen. */
  Pipeline.Addresses addresses() {
    return new Pipeline.Addresses(
        kafka.bootstrapServers(), registry.url(), database.jdbcUrl());
  }

  /** The database as psql takes it. */
  String psqlUrl() {
    return database.psqlUrl();
  }

  @Override
  public void close() {
    closing.close();
  }
}
