package dev.millrace.sink;

import dev.millrace.failure.Health;
import dev.millrace.failure.Health.State;
import dev.millrace.schema.RecordCatalog;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.wire.SchemaRegistry;
import dev.millrace.sink.deadletter.DeadLetters;
import dev.millrace.sink.deadletter.KafkaDeadLetters;
import dev.millrace.sink.maintain.Limits;
import dev.millrace.sink.maintain.Maintenance;
import dev.millrace.sink.maintain.MaintenanceLoop;
import dev.millrace.sink.write.Progress;
import dev.millrace.sink.write.Transactions;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores every record of every catalogue topic that has a table, exactly once: the next offset of a
 * partition commits with its rows, and reading begins where the database says. Records that can
 * never be stored go to {@code <topic>.dlq}; nothing else is skipped. While a server is away,
 * everything waits and nothing is lost.
 *
 * <p>One thread polls ({@link SinkLoop}), {@link SinkConfig#writers} write, another one maintains
 * the tables ({@link MaintenanceLoop}); {@link #start}, {@link #close} and {@link #check} are for
 * any thread. It borrows the pool and the registry. Memory is bounded by {@link
 * SinkConfig#bufferBytes} and one poll, by what Kafka's client fetches ahead ({@code
 * fetch.max.bytes} a broker), and by one encoded batch a writer.
 */
public final class Sink implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Sink.class);

  private final SinkConfig config;
  private final SinkLoop loop;
  private final Thread thread;
  private final ExecutorService writers;
  private final DeadLetters deadLetters;
  private final SinkMetrics metrics;
  private final Optional<MaintenanceLoop> maintenance;
  private final Optional<Thread> maintainer;

  /** Counts nothing; see the other constructor. */
  public Sink(
      RecordCatalog catalog,
      SinkConfig config,
      SchemaRegistry registry,
      DataSource pool,
      Map<String, String> kafkaProperties) {
    this(catalog, config, registry, pool, kafkaProperties, SinkMetrics.NONE);
  }

  /**
   * Prepares a sink; nothing is read before {@link #start}.
   *
   * @param catalog the types; those without a table are left alone
   * @param pool connections to the database
   * @param kafkaProperties Kafka's own settings, {@code bootstrap.servers} among them, passed
   *     through
   */
  public Sink(
      RecordCatalog catalog,
      SinkConfig config,
      SchemaRegistry registry,
      DataSource pool,
      Map<String, String> kafkaProperties,
      SinkMetrics metrics) {
    this.config = config;
    this.metrics = metrics;
    var bytes = new ByteArrayDeserializer();
    var consumer = new KafkaConsumer<>(ConsumerSettings.of(config, kafkaProperties), bytes, bytes);
    metrics.consuming(consumer);
    deadLetters = KafkaDeadLetters.connect(kafkaProperties, config.deadLetterTimeout());
    var shared =
        new TopicStore.Shared(
            registry, new Transactions(pool), new Progress(config.group()), deadLetters, metrics);
    writers = Executors.newFixedThreadPool(config.writers(), Sink::writerThread);
    loop =
        SinkLoop.over(
            consumer, config, stores(catalog, shared), metrics, writers, Clock.systemUTC());
    thread = new Thread(loop, "millrace-sink");
    maintenance = maintenance(config, pool, metrics);
    maintainer = maintenance.map(each -> new Thread(each, "millrace-maintenance"));
    // A pass that waits for the server must not keep the process from ending.
    maintainer.ifPresent(each -> each.setDaemon(true));
  }

  private static Optional<MaintenanceLoop> maintenance(
      SinkConfig config, DataSource pool, SinkMetrics metrics) {
    if (config.maintainInterval().isZero()) {
      return Optional.empty();
    }
    var pass = new Maintenance(pool, Clock.systemUTC(), Limits.DEFAULT, metrics.maintenance());
    return Optional.of(new MaintenanceLoop(pass, config.maintainInterval()));
  }

  private static Map<String, Supplier<BatchStore>> stores(
      RecordCatalog catalog, TopicStore.Shared shared) {
    return catalog
        .stored()
        .collect(Collectors.toMap(RecordType::topic, type -> storeOf(type, shared)));
  }

  private static Supplier<BatchStore> storeOf(RecordType type, TopicStore.Shared shared) {
    var columns =
        new KnownColumns(type.table().orElseThrow(), shared.transactions(), Clock.systemUTC());
    return () -> new TopicStore(type, columns, shared);
  }

  /** What a writer is at when the process ends is given back by the database. */
  private static Thread writerThread(Runnable work) {
    var thread = new Thread(work, "millrace-sink-writer");
    thread.setDaemon(true);
    return thread;
  }

  /** Begins to read. To be called once. */
  public void start() {
    thread.start();
    maintainer.ifPresent(Thread::start);
  }

  /**
   * How the sink is, as of its last turn, and its maintenance, as of its last pass; never blocks.
   */
  public Health check() {
    var health = loop.health();
    var problems = maintenance.map(MaintenanceLoop::problems).orElse(List.of());
    return health.state() == State.RUNNING && !problems.isEmpty()
        ? new Health(State.DEGRADED, problems)
        : health;
  }

  /**
   * Stops: the batch in hand is finished or given back, then the partitions are. Takes at most
   * {@link SinkConfig#closeTimeout}; a database that does not answer until then is not waited for.
   */
  @Override
  public void close() {
    maintenance.ifPresent(MaintenanceLoop::stop);
    loop.stop();
    if (thread.getState() == Thread.State.NEW) {
      // Never started: told to stop, the loop does nothing but close its clients.
      thread.start();
    }
    var end = System.nanoTime() + config.closeTimeout().toNanos();
    try {
      thread.join(config.closeTimeout().toMillis());
      if (thread.isAlive()) {
        LOG.warn(
            "the sink has not stopped within {}; its batches are given back",
            config.closeTimeout());
        thread.interrupt();
      }
      if (maintainer.isPresent()) {
        // At least a moment: 0 would be without end.
        maintainer.get().join(1 + Math.max(0, (end - System.nanoTime()) / 1_000_000));
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } finally {
      writers.shutdownNow();
      deadLetters.close();
      metrics.consumed();
    }
  }

  @Override
  public String toString() {
    return "Sink(%s, %s)".formatted(config.group(), check().state());
  }
}
