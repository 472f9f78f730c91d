package dev.millrace.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.failure.MillraceException;
import dev.millrace.failure.Owner;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class EmbeddedKafkaIT {
  private static final String TOPIC = "letters";

  @TempDir Path folder;

  @Test
  void keepsTopicsAndRecordsOnItsFolder() throws Exception {
    String clusterId;
    try (var kafka = EmbeddedKafka.start(folder, Loopback.ANY_PORT)) {
      var clients = new KafkaClients(kafka.bootstrapServers());
      clients.createTopic(TOPIC);
      send(clients, "a", "b");
      clusterId = clients.clusterId();
    }

    try (var kafka = EmbeddedKafka.start(folder, Loopback.ANY_PORT)) {
      var clients = new KafkaClients(kafka.bootstrapServers());
      assertThat(clients.clusterId()).isEqualTo(clusterId);
      send(clients, "c");
      assertThat(clients.committed(TOPIC)).containsExactly("a", "b", "c");
    }
  }

  @Test
  void showsTransactionsOnceTheyAreCommitted() throws Exception {
    try (var kafka = EmbeddedKafka.start(folder, Loopback.ANY_PORT)) {
      var clients = new KafkaClients(kafka.bootstrapServers());
      clients.createTopic(TOPIC);
      try (var producer = clients.producer(Map.of("transactional.id", "writer"))) {
        producer.initTransactions();
        producer.beginTransaction();
        producer.send(new ProducerRecord<>(TOPIC, "kept"));
        producer.commitTransaction();
        producer.beginTransaction();
        producer.send(new ProducerRecord<>(TOPIC, "thrown away"));
        producer.abortTransaction();
      }
      assertThat(clients.committed(TOPIC)).containsExactly("kept");
    }
  }

  /** The codecs' native libraries come with two jars here; whichever wins must work. */
  @Test
  void takesEveryCompression() throws Exception {
    var codecs = new String[] {"none", "gzip", "snappy", "lz4", "zstd"};
    try (var kafka = EmbeddedKafka.start(folder, Loopback.ANY_PORT)) {
      var clients = new KafkaClients(kafka.bootstrapServers());
      clients.createTopic(TOPIC);
      for (var codec : codecs) {
        try (var producer = clients.producer(Map.of("compression.type", codec))) {
          producer.send(new ProducerRecord<>(TOPIC, codec)).get();
        }
      }
      assertThat(clients.committed(TOPIC)).containsExactly(codecs);
    }
  }

  @Test
  void createsNoTopicByUse() {
    try (var kafka = EmbeddedKafka.start(folder, Loopback.ANY_PORT);
        var producer =
            new KafkaClients(kafka.bootstrapServers()).producer(Map.of("max.block.ms", 1_000))) {
      assertThatThrownBy(() -> producer.send(new ProducerRecord<>("unheard-of", "x")).get())
          .hasMessageContaining("unheard-of");
    }
  }

  @Test
  void refusesAPortInUse() throws Exception {
    try (var other = new ServerSocket()) {
      other.bind(Loopback.socketAddress(Loopback.ANY_PORT));
      var port = other.getLocalPort();

      assertThatThrownBy(() -> EmbeddedKafka.start(folder, port))
          .isInstanceOfSatisfying(
              MillraceException.class,
              refused -> {
                assertThat(refused.code()).isEqualTo(EmbeddedFailure.PORT_IN_USE);
                assertThat(refused.code().owner()).isEqualTo(Owner.CONFIGURATION);
              })
          .hasMessageContaining("Kafka cannot listen on 127.0.0.1:" + port)
          .hasMessageContaining("choose another port");
    }
  }

  @Test
  void refusesAFolderInUse() {
    try (var kafka = EmbeddedKafka.start(folder, Loopback.ANY_PORT)) {
      assertThat(kafka.bootstrapServers()).startsWith("127.0.0.1:");
      assertThatThrownBy(() -> EmbeddedKafka.start(folder, Loopback.ANY_PORT))
          .isInstanceOfSatisfying(
              MillraceException.class,
              refused -> assertThat(refused.code()).isEqualTo(EmbeddedFailure.DATA_IN_USE))
          .hasMessageContaining(folder.toString());
    }
  }

  @Test
  void closesTwiceAndRemovesATemporaryFolder() throws Exception {
    var kafka = EmbeddedKafka.temporary();
    var text = kafka.toString();
    var temporary = Path.of(text.substring(text.indexOf(", ") + 2, text.length() - 1));
    assertThat(Files.exists(temporary)).isTrue();

    kafka.close();
    kafka.close();

    assertThat(Files.exists(temporary)).isFalse();
  }

  private static void send(KafkaClients clients, String... values)
      throws ExecutionException, InterruptedException {
    try (var producer = clients.producer(Map.of())) {
      for (var value : values) {
        producer.send(new ProducerRecord<>(TOPIC, value)).get();
      }
    }
  }
}
