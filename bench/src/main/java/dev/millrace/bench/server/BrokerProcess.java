package dev.millrace.bench.server;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * One Kafka broker and a schema registry, together in a process of their own, as on a machine of
 * theirs: what they cost is not counted with the clients'. They listen on free ports of 127.0.0.1,
 * and on the same ones again when they are started again. One thread.
 */
public final class BrokerProcess implements AutoCloseable {
  private static final List<String> OPTIONS =
      List.of("-Xms1g", "-Xmx1g", "-XX:+UseG1GC", "--enable-native-access=ALL-UNNAMED");

  private final Path folder;
  private JavaProcess process;
  private String bootstrapServers = "127.0.0.1:0";
  private String registryUrl = "http://127.0.0.1:0";

  private BrokerProcess(Path folder) {
    this.folder = folder;
  }

  /** Starts both on a folder that outlives them; returns when they answer. */
  public static BrokerProcess start(Path folder) {
    var broker = new BrokerProcess(folder);
    broker.start();
    return broker;
  }

  /** Starts them again after {@link #kill} or {@link #close}, with all that was acknowledged. */
  public void start() {
    var ports =
        List.of(
            Integer.toString(URI.create("kafka://" + bootstrapServers).getPort()),
            Integer.toString(URI.create(registryUrl).getPort()));
    process =
        JavaProcess.start(
            BrokerMain.class,
            OPTIONS,
            List.of(folder.toString(), ports.get(0), ports.get(1)),
            folder.resolve("broker.log"));
    var addresses = process.answer().split(" ", -1);
    bootstrapServers = addresses[0];
    registryUrl = addresses[1];
  }

  public String bootstrapServers() {
    return bootstrapServers;
  }

  public String registryUrl() {
    return registryUrl;
  }

  /** What every Kafka client needs. */
  public Map<String, String> kafka() {
    return Map.of("bootstrap.servers", bootstrapServers);
  }

  public long processId() {
    return process.processId();
  }

  /** {@code kill -9}. */
  public void kill() {
    process.kill();
  }

  /** Stops both in order; the folder stays. */
  @Override
  public void close() {
    process.close();
  }

  @Override
  public String toString() {
    return "BrokerProcess(" + bootstrapServers + ", " + folder + ")";
  }
}
