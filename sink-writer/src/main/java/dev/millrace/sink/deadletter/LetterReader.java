package dev.millrace.sink.deadletter;

import dev.millrace.failure.MillraceException;
import dev.millrace.sink.write.Origin;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads dead-letter topics from their beginning to the end they have when it is asked. A record
 * that was put aside twice, as happens when the transaction fails that should have moved on, is
 * given once: its latest letter. Belongs to no group and leaves nothing behind. One thread.
 *
 * <p>Reads a topic twice, and holds some 100 bytes a letter.
 */
public final class LetterReader implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final KafkaConsumer<byte[], byte[]> consumer;

  private LetterReader(KafkaConsumer<byte[], byte[]> consumer) {
    this.consumer = consumer;
  }

  /**
   * Connects on first use.
   *
   * @param kafkaProperties Kafka's own settings, passed through
   */
  public static LetterReader connect(Map<String, String> kafkaProperties) {
    var settings = new HashMap<String, Object>();
    kafkaProperties.forEach(
        (name, value) -> {
          if (ConsumerConfig.configNames().contains(name)) {
            settings.put(name, value);
          }
        });
    settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
    settings.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    // What was asked for at the end of one reading would hold up the next.
    settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 20);
    var bytes = new ByteArrayDeserializer();
    return new LetterReader(new KafkaConsumer<>(settings, bytes, bytes));
  }

  /** Every topic the broker shows us, of whatever kind. */
  public Set<String> topics() {
    try {
      return Set.copyOf(consumer.listTopics(PATIENCE).keySet());
    } catch (KafkaException failed) {
      throw failure("the list of topics", failed);
    }
  }

  /**
   * Gives every record put aside in a dead-letter topic, in the order of the letters.
   *
   * @return how many records of the topic are no letters, which are left out
   * @throws MillraceException {@link DeadLetterFailure#NOT_READ}, {@link
   *     DeadLetterFailure#NOT_READABLE}, {@link DeadLetterFailure#NO_TOPIC}
   */
  public int read(String deadLetterTopic, Consumer<Letter> reading) {
    var latest = new HashMap<Origin, Origin>();
    var others = scan(deadLetterTopic, letter -> latest.put(letter.origin(), letter.place()));
    var unused =
        scan(
            deadLetterTopic,
            letter -> {
              if (letter.place().equals(latest.get(letter.origin()))) {
                reading.accept(letter);
              }
            });
    return others;
  }

  private int scan(String topic, Consumer<Letter> each) {
    try {
      var partitions =
          consumer.partitionsFor(topic, PATIENCE).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      if (partitions.isEmpty()) {
        throw missing(topic);
      }
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      return scan(consumer.endOffsets(partitions, PATIENCE), each);
    } catch (KafkaException failed) {
      throw failure(topic, failed);
    }
  }

  private int scan(Map<TopicPartition, Long> ends, Consumer<Letter> each) {
    var others = 0;
    var heard = System.nanoTime();
    while (behind(ends)) {
      var before = positions(ends);
      for (var record : consumer.poll(POLL)) {
        var letter = Letter.of(record);
        letter.ifPresent(each);
        others += letter.isPresent() ? 0 : 1;
      }
      var now = System.nanoTime();
      if (positions(ends).equals(before)) {
        if (now - heard > PATIENCE.toNanos()) {
          throw unread(ends.keySet().toString(), "no answer in " + PATIENCE, null);
        }
      } else {
        heard = now;
      }
    }
    return others;
  }

  private boolean behind(Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .anyMatch(each -> consumer.position(each.getKey(), PATIENCE) < each.getValue());
  }

  private List<Long> positions(Map<TopicPartition, Long> ends) {
    return ends.keySet().stream().map(each -> consumer.position(each, PATIENCE)).toList();
  }

  private static MillraceException missing(String topic) {
    return new MillraceException(
        DeadLetterFailure.NO_TOPIC,
        "there is no topic %s; `millrace topics --create` makes it".formatted(topic));
  }

  private static MillraceException failure(String what, KafkaException failed) {
    return failed instanceof RetriableException
        ? unread(what, failed.getMessage(), failed)
        : new MillraceException(
            DeadLetterFailure.NOT_READABLE,
            "cannot read %s: %s".formatted(what, failed.getMessage()),
            failed);
  }

  private static MillraceException unread(String topic, String why, Throwable cause) {
    return new MillraceException(
        DeadLetterFailure.NOT_READ,
        "%s could not be read to its end: %s; check that the broker runs".formatted(topic, why),
        cause);
  }

  @Override
  public void close() {
    consumer.close();
  }
}
