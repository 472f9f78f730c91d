package dev.millrace.embedded.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.embedded.KafkaClients;
import dev.millrace.schema.wire.ConfluentSchemaRegistry;
import java.sql.DriverManager;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Timeout(120)
@ExtendWith({KafkaExtension.class, DatabaseExtension.class, RegistryExtension.class})
class ExtensionsIT {
  private static KafkaFixture first;

  private final KafkaFixture kafka;

  ExtensionsIT(KafkaFixture kafka) {
    this.kafka = kafka;
  }

  @BeforeAll
  static void note(KafkaFixture kafka) {
    first = kafka;
  }

  @Test
  void giveConstructorsAndMethodsTheSameFixture(KafkaFixture here) {
    assertThat(here).isEqualTo(kafka).isEqualTo(first);
  }

  @Test
  void giveABroker() throws Exception {
    var clients = new KafkaClients(kafka.bootstrapServers());
    clients.createTopic(kafka.topicPrefix() + "letters");
    assertThat(clients.committed(kafka.topicPrefix() + "letters")).isEmpty();
  }

  @Test
  void giveAnEmptyDatabase(DatabaseFixture database) throws Exception {
    var tables = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'";
    try (var connection = DriverManager.getConnection(database.jdbcUrl());
        var rows = connection.createStatement().executeQuery(tables)) {
      rows.next();
      assertThat(rows.getInt(1)).isZero();
      assertThat(connection.getMetaData().getUserName()).isEqualTo(database.user());
    }
  }

  @Test
  void giveARegistry(RegistryFixture registry) {
    var client = new ConfluentSchemaRegistry(registry.url(), Map.of());
    assertThat(client.register("s", "\"string\"")).isEqualTo(1);
  }

  @Nested
  class InANestedClass {
    @Test
    void shareTheFixtureOfTheClassAround(KafkaFixture here) {
      assertThat(here).isEqualTo(first);
    }
  }
}
