package dev.millrace.bench.traffic;

import dev.millrace.schema.RecordType;
import dev.millrace.schema.wire.RecordEncoder;
import dev.millrace.schema.wire.SchemaRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Publishes the topics in turn, at a rate, in a thread of its own, from {@link #start} to {@link
 * #finish}. Idempotent, so that a broker which comes back has each record once. A rate that cannot
 * be kept is made up for later.
 */
public final class Publishing implements AutoCloseable {
  private static final long TICK_NANOS = 5_000_000;
  private static final int DELIVERY_MILLIS = 120_000;

  private final List<Traffic> topics;
  private final int rate;
  private final KafkaProducer<byte[], byte[]> producer;
  private final Map<RecordType, RecordEncoder> encoders = new HashMap<>();
  private final AtomicLongArray published;
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private final Thread thread = new Thread(this::publish, "bench-publisher");
  private volatile boolean finishing;

  /**
   * Registers the schemas.
   *
   * @param rate records a second, of all topics together
   */
  public Publishing(
      List<Traffic> topics, int rate, Map<String, String> kafka, SchemaRegistry registry) {
    this.topics = List.copyOf(topics);
    this.rate = rate;
    this.published = new AtomicLongArray(topics.size());
    topics.forEach(each -> encoders.put(each.type(), new RecordEncoder(each.type(), registry)));
    var settings = new HashMap<String, Object>(kafka);
    settings.put("linger.ms", 5);
    settings.put("compression.type", "lz4");
    settings.put("delivery.timeout.ms", DELIVERY_MILLIS);
    var bytes = new ByteArraySerializer();
    producer = new KafkaProducer<>(settings, bytes, bytes);
    thread.setDaemon(true);
  }

  public void start() {
    thread.start();
  }

  /** Publishes the next records in this thread, and waits for them; instead of {@link #start}. */
  public void publish(long records) {
    for (var number = 0L; number < records; number++) {
      send((int) (published() % topics.size()));
    }
    flush();
  }

  private void publish() {
    var begin = System.nanoTime();
    var number = 0L;
    try {
      while (!finishing && failure.get() == null) {
        var due = (long) ((System.nanoTime() - begin) / 1e9 * rate);
        while (number < due && !finishing) {
          send((int) (number++ % topics.size()));
        }
        LockSupport.parkNanos(TICK_NANOS);
      }
    } catch (RuntimeException failed) {
      failure.compareAndSet(null, failed);
    }
  }

  private void send(int topic) {
    var type = topics.get(topic).type();
    var message = topics.get(topic).message(published.getAndIncrement(topic));
    var value = message.value().map(record -> encoders.get(type).encode(record)).orElse(null);
    var unused =
        producer.send(
            new ProducerRecord<>(
                type.topic(), message.key().getBytes(StandardCharsets.UTF_8), value),
            (place, failed) -> {
              if (failed != null) {
                failure.compareAndSet(null, failed);
              }
            });
  }

  /** Records so far, acknowledged or on their way. */
  public long published(int topic) {
    return published.get(topic);
  }

  /** Of all topics. */
  public long published() {
    var sum = 0L;
    for (var topic = 0; topic < published.length(); topic++) {
      sum += published.get(topic);
    }
    return sum;
  }

  /**
   * Stops, and waits until the broker has acknowledged every record.
   *
   * @throws IllegalStateException if it has not taken one
   */
  public void finish() {
    finishing = true;
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    flush();
  }

  private void flush() {
    producer.flush();
    if (failure.get() != null) {
      throw new IllegalStateException("a record was not published", failure.get());
    }
  }

  @Override
  public void close() {
    finishing = true;
    producer.close(Duration.ofSeconds(5));
  }
}
