package dev.millrace.bench.sink;

import dev.millrace.bench.server.BrokerProcess;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** A topic that holds the records of a {@link Load} before anything is measured. */
final class LoadedTopic {
  private static final short ONE_BROKER = 1;

  private LoadedTopic() {}

  /** Makes the topic, and publishes everything; returns when all of it is acknowledged. */
  static void fill(BrokerProcess broker, Load load) {
    make(broker, load);
    try (var producer = new LoadProducer(broker, load, taken -> {})) {
      load.forEach((row, partition) -> producer.send(row, (int) partition));
    }
  }

  /** Makes the topic, and leaves it empty. */
  static void make(BrokerProcess broker, Load load) {
    var settings = load.type().settings();
    var topic =
        new NewTopic(load.topic().topic(), load.partitions(), ONE_BROKER)
            .configs(settings.config());
    try (var admin = Admin.create(Map.copyOf(broker.kafka()))) {
      admin.createTopics(List.of(topic)).all().get();
    } catch (ExecutionException refused) {
      throw new IllegalStateException("cannot make " + topic.name(), refused.getCause());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while making " + topic.name(), stopped);
    }
  }
}
