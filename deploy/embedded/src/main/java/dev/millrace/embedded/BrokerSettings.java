package dev.millrace.embedded;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * The settings of the embedded broker, in Kafka's own names. What is not named here is as Kafka has
 * it; what is, is made for one broker, few partitions and a small heap.
 */
final class BrokerSettings {
  static final int NODE_ID = 1;
  static final String CONTROLLER = "CONTROLLER";

  private static final Map<String, String> ONE_BROKER =
      Map.ofEntries(
          Map.entry("min.insync.replicas", "1"),
          Map.entry("default.replication.factor", "1"),
          Map.entry("offsets.topic.replication.factor", "1"),
          Map.entry("offsets.topic.num.partitions", "4"),
          Map.entry("transaction.state.log.replication.factor", "1"),
          Map.entry("transaction.state.log.min.isr", "1"),
          Map.entry("transaction.state.log.num.partitions", "4"),
          Map.entry("share.coordinator.state.topic.replication.factor", "1"),
          Map.entry("share.coordinator.state.topic.min.isr", "1"),
          Map.entry("share.coordinator.state.topic.num.partitions", "4"),
          // Groups of tests and demos are complete at once: there is nothing to wait for.
          Map.entry("group.initial.rebalance.delay.ms", "0"),
          // How soon a dead member is noticed is the member's to say.
          Map.entry("group.min.session.timeout.ms", "500"),
          Map.entry("group.consumer.min.session.timeout.ms", "500"),
          Map.entry("group.consumer.min.heartbeat.interval.ms", "100"),
          Map.entry("group.consumer.heartbeat.interval.ms", "200"),
          Map.entry("auto.create.topics.enable", "false"));

  private static final Map<String, String> SMALL =
      Map.of(
          "num.network.threads", "2",
          "num.io.threads", "4",
          "background.threads", "2",
          "log.segment.bytes", "67108864",
          // Kafka maps the whole index of every segment; 1 MiB covers 512 MiB of log.
          "log.index.size.max.bytes", "1048576",
          "log.preallocate", "false",
          // The default, 128 MiB, is half of a small heap.
          "log.cleaner.dedupe.buffer.size", "8388608");

  private BrokerSettings() {}

  static Map<String, String> of(Path folder, int port, int controllerPort) {
    var broker = "PLAINTEXT://" + Loopback.ADDRESS + ":" + port;
    var controller = Loopback.ADDRESS + ":" + controllerPort;
    var settings = new TreeMap<String, String>();
    settings.putAll(ONE_BROKER);
    settings.putAll(SMALL);
    settings.put("node.id", Integer.toString(NODE_ID));
    settings.put("process.roles", "broker,controller");
    settings.put("listeners", broker + "," + CONTROLLER + "://" + controller);
    settings.put("advertised.listeners", broker);
    settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    settings.put("controller.listener.names", CONTROLLER);
    settings.put("controller.quorum.voters", NODE_ID + "@" + controller);
    settings.put("log.dirs", folder.toString());
    return settings;
  }
}
