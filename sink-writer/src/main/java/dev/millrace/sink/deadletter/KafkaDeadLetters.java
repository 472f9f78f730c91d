package dev.millrace.sink.deadletter;

import dev.millrace.failure.MillraceException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Dead letters in {@code <topic>.dlq}: the original key, value, time stamp and headers, and the
 * reason as headers of Connect's names. Blocks until every replica in sync has them. Safe for use
 * by several threads.
 */
public final class KafkaDeadLetters implements DeadLetters {
  private static final String SUFFIX = ".dlq";
  private static final int LARGEST_RECORD_BYTES = 128 << 20;
  private static final int SHOWN_CHARACTERS = 2_000;
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

  private final Producer<byte[], byte[]> producer;

  /** Sends with this producer, which must wait for all replicas ({@code acks=all}). */
  public KafkaDeadLetters(Producer<byte[], byte[]> producer) {
    this.producer = producer;
  }

  /**
   * Connects on first use.
   *
   * @param kafkaProperties Kafka's own settings, passed through, but for those that make a dead
   *     letter durable and timely
   * @param timeout how long a dead letter may take to be acknowledged
   */
  public static KafkaDeadLetters connect(Map<String, String> kafkaProperties, Duration timeout) {
    var settings = new HashMap<String, Object>();
    settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    kafkaProperties.forEach(
        (name, value) -> {
          if (ProducerConfig.configNames().contains(name)) {
            settings.put(name, value);
          }
        });
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    // What a topic took, its dead-letter topic judges by its own limit, and not this client first.
    settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, LARGEST_RECORD_BYTES);
    settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, (long) LARGEST_RECORD_BYTES);
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) timeout.toMillis());
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) timeout.toMillis() / 2);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, timeout.toMillis());
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    return new KafkaDeadLetters(
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer()));
  }

  @Override
  public void keep(List<Aside> records) {
    var sent = new ArrayList<Future<RecordMetadata>>(records.size());
    try {
      for (var record : records) {
        sent.add(send(record));
      }
      producer.flush();
    } catch (InterruptException interrupted) {
      throw new MillraceException(
          DeadLetterFailure.NOT_ACKNOWLEDGED, "interrupted while sending", interrupted);
    } catch (KafkaException refused) {
      throw failure(records.get(sent.size()), refused);
    }
    for (var i = 0; i < sent.size(); i++) {
      await(records.get(i), sent.get(i));
    }
  }

  /**
   * A send that has failed when it returns, as it does after waiting in vain for a topic's
   * metadata, ends the attempt: the next one would wait as long, and the consumer must poll.
   */
  private Future<RecordMetadata> send(Aside record) {
    var sent = producer.send(deadLetter(record));
    if (sent.isDone()) {
      await(record, sent);
    }
    return sent;
  }

  private static ProducerRecord<byte[], byte[]> deadLetter(Aside aside) {
    var record = aside.record();
    var letter =
        new ProducerRecord<>(
            record.topic() + SUFFIX,
            null,
            record.timestamp() < 0 ? null : record.timestamp(),
            record.key(),
            record.value(),
            record.headers());
    aside.reason().headers().forEach((name, text) -> letter.headers().add(name, header(text)));
    return letter;
  }

  /** The reason must not be what makes a record too large. */
  private static byte[] header(String text) {
    var shown = text.length() > SHOWN_CHARACTERS ? text.substring(0, SHOWN_CHARACTERS) + "…" : text;
    return shown.getBytes(StandardCharsets.UTF_8);
  }

  private static void await(Aside aside, Future<RecordMetadata> sent) {
    try {
      sent.get();
    } catch (ExecutionException failed) {
      throw failure(aside, failed.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw failure(aside, interrupted);
    }
  }

  private static MillraceException failure(Aside aside, Throwable cause) {
    var retriable = cause instanceof RetriableException || cause instanceof InterruptedException;
    return new MillraceException(
        retriable ? DeadLetterFailure.NOT_ACKNOWLEDGED : DeadLetterFailure.NOT_ACCEPTED,
        "the dead letter of %s-%d@%d is not in %s%s: %s; check that the topic exists (`millrace topics`) and may be written"
            .formatted(
                aside.record().topic(),
                aside.record().partition(),
                aside.record().offset(),
                aside.record().topic(),
                SUFFIX,
                cause.getMessage()),
        cause);
  }

  @Override
  public void close() {
    producer.close(CLOSE_TIMEOUT);
  }
}
