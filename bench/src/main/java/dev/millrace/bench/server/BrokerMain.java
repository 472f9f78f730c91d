package dev.millrace.bench.server;

import dev.millrace.embedded.EmbeddedKafka;
import dev.millrace.embedded.registry.RegistryServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a {@link BrokerProcess} runs: says where the two listen, and ends when it is asked to, or
 * when the process that started it has ended.
 */
final class BrokerMain {

  private BrokerMain() {}

  public static void main(String[] args) throws IOException {
    var folder = Path.of(args[0]);
    var kafka = EmbeddedKafka.start(folder.resolve("kafka"), Integer.parseInt(args[1]));
    var journal = Optional.of(folder.resolve("registry.ndjson"));
    var registry = RegistryServer.start(journal, Integer.parseInt(args[2]));
    Runtime.getRuntime().addShutdownHook(new Thread(() -> close(registry, kafka), "broker-stop"));
    System.out.println(kafka.bootstrapServers() + " " + registry.url());
    while (System.in.read() >= 0) {
      // Nothing is said to it; the end of the input is the end of whoever started it.
    }
    System.exit(0);
  }

  private static void close(RegistryServer registry, EmbeddedKafka kafka) {
    registry.close();
    kafka.close();
  }
}
