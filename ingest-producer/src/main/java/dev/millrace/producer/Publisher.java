package dev.millrace.producer;

import dev.millrace.failure.Health;
import dev.millrace.failure.Health.State;
import dev.millrace.failure.MillraceException;
import dev.millrace.schema.RecordCatalog;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.wire.SchemaRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Publishes records: checks them, encodes them and sends them to their topics. What poller and tap
 * authors call; open one a process and share it, all methods are safe for several threads.
 *
 * <p>Guarantee: the future of a record ends well once all in-sync replicas have it, once and in the
 * order of publishing among records of one key. Every other record is handed back: its future ends
 * with a {@link MillraceException} that says why, and who can mend it. Nothing is dropped.
 *
 * <p>Overload: publish takes up to {@code publisher.buffer_bytes} ahead of the broker; beyond that
 * it blocks its caller, at most {@code publisher.max_block_ms}, then the record fails with {@link
 * PublishFailure#BUFFER_FULL}. The first record of a topic may block as long for metadata.
 *
 * <p>Cost: one thread publishes some 600 thousand generated samples a second, with the broker on
 * the same two cores (lz4; measured).
 *
 * <p>Futures end on the Kafka client's sender thread: what is chained to them must not block.
 */
public final class Publisher implements AutoCloseable {
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(30);

  private final Lanes lanes;
  private final Producer<byte[], byte[]> producer;
  private final Ledger ledger;
  private final InstantSource clock;
  private final String address;

  Publisher(
      Lanes lanes,
      Producer<byte[], byte[]> producer,
      Ledger ledger,
      InstantSource clock,
      String address) {
    this.lanes = lanes;
    this.producer = producer;
    this.ledger = ledger;
    this.clock = clock;
    this.address = address;
  }

  /**
   * Opens a publisher that counts nothing; see {@link #open(RecordCatalog, PublisherConfig,
   * SchemaRegistry, Map, PublisherMetrics)}.
   */
  public static Publisher open(
      RecordCatalog catalog,
      PublisherConfig config,
      SchemaRegistry registry,
      Map<String, String> kafkaProperties) {
    return open(catalog, config, registry, kafkaProperties, PublisherMetrics.NONE);
  }

  /**
   * Opens a publisher, once the broker has answered; waits for it {@code publisher.open_timeout_ms}
   * at most.
   *
   * @param catalog the types that can be published
   * @param registry where schemas are registered, each before its type's first record
   * @param kafkaProperties Kafka's own client properties, {@code bootstrap.servers} among them;
   *     they win over {@code config}, but may not weaken the guarantee
   * @throws MillraceException {@link PublishFailure#BROKER_UNAVAILABLE}, {@link
   *     PublishFailure#NOT_AUTHENTICATED}, {@link PublishFailure#GUARANTEE_WEAKENED} or {@link
   *     PublishFailure#INVALID_KAFKA_PROPERTY}
   */
  public static Publisher open(
      RecordCatalog catalog,
      PublisherConfig config,
      SchemaRegistry registry,
      Map<String, String> kafkaProperties,
      PublisherMetrics metrics) {
    var address = ProducerProperties.address(kafkaProperties);
    var properties = ProducerProperties.of(config, kafkaProperties);
    var failures = new KafkaFailures(address);
    return new Publisher(
        new Lanes(catalog, config.timeBounds(), registry),
        connected(properties, config.openTimeout(), failures),
        new Ledger(metrics, failures),
        InstantSource.system(),
        address);
  }

  /**
   * A client whose properties are sound and whose broker has answered. It is made last: it begins
   * to connect at once, and closing it while a broker is silent takes a whole request's time-out.
   */
  private static Producer<byte[], byte[]> connected(
      Map<String, Object> properties, Duration timeout, KafkaFailures failures) {
    try {
      ProducerConfig.configDef().parse(properties);
      BrokerCheck.require(properties, timeout, failures);
      return new KafkaProducer<>(properties);
    } catch (KafkaException unusable) {
      throw failures.ofClient(unusable);
    }
  }

  /**
   * Publishes a record of a type. All that can be wrong with it comes through the future; nothing
   * is thrown.
   *
   * @param type a type of the catalogue
   * @param record generated or generic, with the schema of the type; not to be changed until this
   *     returns
   */
  public CompletableFuture<Published> publish(RecordType type, IndexedRecord record) {
    return publish(type.topic(), () -> lanes.of(type), record);
  }

  /** Publishes a generated record, to the one topic that takes its class from publishers. */
  public CompletableFuture<Published> publish(SpecificRecord record) {
    var name = record.getSchema().getFullName();
    return publish(name, () -> lanes.ofSchema(name), record);
  }

  private CompletableFuture<Published> publish(
      String destination, Supplier<Lane> lanes, IndexedRecord record) {
    Lane lane;
    try {
      requireOpen();
      lane = lanes.get();
    } catch (MillraceException refused) {
      return rejected(destination, refused);
    }
    return publish(lane, record);
  }

  private CompletableFuture<Published> publish(Lane lane, IndexedRecord record) {
    ProducerRecord<byte[], byte[]> message;
    try {
      message = lane.prepare(record, clock.millis());
    } catch (MillraceException refused) {
      return rejected(lane.topic(), refused);
    }
    return send(message);
  }

  private CompletableFuture<Published> rejected(String destination, MillraceException why) {
    ledger.rejected(destination, why);
    return CompletableFuture.failedFuture(why);
  }

  private CompletableFuture<Published> send(ProducerRecord<byte[], byte[]> message) {
    var bytes = message.key().length + message.value().length;
    var delivery = new Delivery(message.topic(), bytes, ledger);
    try {
      // The client tells the callback all there is to know; its own future is not needed.
      var unused = producer.send(message, delivery);
    } catch (RuntimeException refused) {
      delivery.fail(refused);
    }
    return delivery.future();
  }

  private void requireOpen() {
    if (ledger.closed()) {
      throw new MillraceException(
          PublishFailure.PUBLISHER_CLOSED,
          "this publisher is closed and takes no more records; open another");
    }
  }

  /**
   * Sends all that is buffered and waits until every record published before is acknowledged or has
   * failed.
   *
   * @throws MillraceException {@link PublishFailure#INTERRUPTED}, with the interrupt kept
   */
  public void flush() {
    try {
      producer.flush();
    } catch (InterruptException interrupted) {
      throw new MillraceException(
          PublishFailure.INTERRUPTED, "interrupted while flushing", interrupted);
    }
  }

  /** Whether records get through, as far as the latest ones tell; asks no server. */
  public Health check() {
    if (ledger.closed()) {
      return Health.of(State.STOPPED, "the publisher is closed");
    }
    return ledger
        .trouble()
        .map(failure -> Health.of(State.WAITING, failure.getMessage()))
        .orElseGet(() -> Health.of(State.RUNNING));
  }

  /** Records that are neither acknowledged nor failed. */
  public long inFlight() {
    return ledger.inFlight();
  }

  /**
   * Takes no more records, sends what is buffered, and waits for it. What is not acknowledged when
   * the time is over fails with {@link PublishFailure#UNSENT_AT_CLOSE}; a request that was under
   * way may still reach the broker, as with any time-out. Closing again does nothing.
   */
  public void close(Duration timeout) {
    if (ledger.closed()) {
      return;
    }
    ledger.close();
    try {
      producer.close(timeout);
    } catch (InterruptException interrupted) {
      throw new MillraceException(
          PublishFailure.INTERRUPTED, "interrupted while closing", interrupted);
    }
  }

  /** Closes, waiting up to 30 s. */
  @Override
  public void close() {
    close(CLOSE_TIMEOUT);
  }

  @Override
  public String toString() {
    return "Publisher(%s, %d in flight%s)"
        .formatted(address, ledger.inFlight(), ledger.closed() ? ", closed" : "");
  }
}
