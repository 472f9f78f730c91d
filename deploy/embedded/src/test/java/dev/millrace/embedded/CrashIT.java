package dev.millrace.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.failure.MillraceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is left on the data folder when the JVM is killed. */
@Timeout(120)
class CrashIT {
  @TempDir Path folder;

  @Test
  void costsNoRecordThatTheBrokerAcknowledged() throws Exception {
    try (var killed = ServerProcess.of("kafka", folder)) {
      var clients = new KafkaClients(killed.address());
      clients.createTopic("letters");
      try (var producer = clients.producer(Map.of())) {
        producer.send(new ProducerRecord<>("letters", "a")).get();
      }
    }
    try (var kafka = EmbeddedKafka.start(folder, Loopback.ANY_PORT)) {
      var clients = new KafkaClients(kafka.bootstrapServers());
      assertThat(clients.committed("letters")).containsExactly("a");
    }
  }

  @Test
  void leavesADatabaseServerThatIsNamedAndCanBeEnded() throws Exception {
    try (var killed = ServerProcess.of("database", folder);
        var connection = DriverManager.getConnection(killed.address());
        var statement = connection.createStatement()) {
      statement.execute("CREATE TABLE line AS SELECT 42 AS answer");
    }
    var left = Long.parseLong(Files.readAllLines(folder.resolve("cluster/postmaster.pid")).get(0));

    assertThatThrownBy(this::restart)
        .isInstanceOfSatisfying(
            MillraceException.class,
            refused -> assertThat(refused.code()).isEqualTo(EmbeddedFailure.DATA_IN_USE))
        .hasMessageContaining("kill " + left);

    var server = ProcessHandle.of(left).orElseThrow();
    server.destroyForcibly();
    server.onExit().get(30, TimeUnit.SECONDS);
    try (var database = restart();
        var connection = DriverManager.getConnection(database.jdbcUrl());
        var rows = connection.createStatement().executeQuery("SELECT answer FROM line")) {
      assertThat(rows.next()).isTrue();
    }
  }

  private EmbeddedDatabase restart() {
    return EmbeddedDatabase.start(folder, Loopback.ANY_PORT, Durability.SYNCED);
  }
}
