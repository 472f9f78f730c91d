package dev.millrace.embedded;

import dev.millrace.failure.MillraceException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * One Kafka broker, which is its own KRaft controller, inside this JVM, on the loopback address
 * only. Topics are not created by use. What the broker acknowledged outlives the JVM, as on any
 * single Kafka broker: written to the operating system, not synced on every record.
 *
 * <p>{@link #start} and {@link #close} are for one thread; clients connect from anywhere on this
 * machine. Up in 2 to 4 seconds; about 30 threads and 60 MB of heap when idle.
 */
public final class EmbeddedKafka implements AutoCloseable {
  private static final String NAME = "Kafka";

  private final KafkaRaftServer server;
  private final DataFolder folder;
  private final int port;
  private boolean closed;

  private EmbeddedKafka(KafkaRaftServer server, DataFolder folder, int port) {
    this.server = server;
    this.folder = folder;
    this.port = port;
  }

  /**
   * Starts a broker on a folder that outlives it. A folder with the log of an earlier run is used
   * again: same cluster id, same topics, same records.
   *
   * @param dataDir created if it is not there
   * @param port 1 to 65535, or 0 for a free one
   * @throws MillraceException {@link EmbeddedFailure#PORT_IN_USE}, {@link
   *     EmbeddedFailure#DATA_IN_USE}, {@link EmbeddedFailure#UNUSABLE_DATA} or {@link
   *     EmbeddedFailure#START_FAILED}
   */
  public static EmbeddedKafka start(Path dataDir, int port) {
    return start(DataFolder.kept(dataDir), port);
  }

  /** Starts a broker on a free port and a new folder, which {@link #close} removes. */
  public static EmbeddedKafka temporary() {
    return start(DataFolder.temporary("millrace-kafka-"), Loopback.ANY_PORT);
  }

  private static EmbeddedKafka start(DataFolder folder, int requestedPort) {
    var port = Loopback.freePort(requestedPort, NAME);
    var controllerPort = Loopback.freePort(Loopback.ANY_PORT, NAME);
    requireUnused(folder.path());
    KafkaRaftServer server = null;
    try {
      format(folder.path());
      var settings = BrokerSettings.of(folder.path(), port, controllerPort);
      server = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
      server.startup();
      return new EmbeddedKafka(server, folder, port);
    } catch (Exception failed) {
      stop(server, failed);
      throw new MillraceException(
          EmbeddedFailure.START_FAILED,
          "Kafka did not start on %s with the data in %s: %s"
              .formatted(Loopback.ADDRESS + ":" + port, folder.path(), failed.getMessage()),
          failed);
    }
  }

  private static void stop(KafkaRaftServer server, Exception cause) {
    if (server == null) {
      return;
    }
    try {
      server.shutdown();
    } catch (RuntimeException alsoFailed) {
      cause.addSuppressed(alsoFailed);
    }
  }

  private static void format(Path folder) throws Exception {
    if (Files.exists(folder.resolve("meta.properties"))) {
      return;
    }
    new Formatter()
        .setPrintStream(new PrintStream(PrintStream.nullOutputStream()))
        .setNodeId(BrokerSettings.NODE_ID)
        .setClusterId(Uuid.randomUuid().toString())
        .setControllerListenerName(BrokerSettings.CONTROLLER)
        .setMetadataLogDirectory(folder.toString())
        .addDirectory(folder.toString())
        .run();
  }

  /** Asks for the lock that a broker holds on its folder, and gives it back. */
  private static void requireUnused(Path folder) {
    var create = StandardOpenOption.CREATE;
    try (var file = FileChannel.open(folder.resolve(".lock"), create, StandardOpenOption.WRITE);
        var lock = file.tryLock()) {
      if (lock == null) {
        throw inUse(folder, null);
      }
    } catch (OverlappingFileLockException sameJvm) {
      throw inUse(folder, sameJvm);
    } catch (IOException unusable) {
      throw new MillraceException(
          EmbeddedFailure.UNUSABLE_DATA,
          "the data folder %s cannot be written to (%s)".formatted(folder, unusable),
          unusable);
    }
  }

  private static MillraceException inUse(Path folder, Exception cause) {
    return new MillraceException(
        EmbeddedFailure.DATA_IN_USE,
        "another Kafka broker runs on the data folder %s; end it, or name another folder"
            .formatted(folder),
        cause);
  }

  /** Where clients connect, {@code 127.0.0.1:port}. */
  public String bootstrapServers() {
    return Loopback.ADDRESS + ":" + port;
  }

  /** Stops the broker; a temporary folder is removed. Later calls do nothing. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    server.shutdown();
    server.awaitShutdown();
    folder.close();
  }

  @Override
  public String toString() {
    return "EmbeddedKafka(" + bootstrapServers() + ", " + folder.path() + ")";
  }
}
