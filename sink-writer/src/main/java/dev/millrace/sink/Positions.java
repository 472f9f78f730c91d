package dev.millrace.sink;

import dev.millrace.failure.FailureCode;
import dev.millrace.failure.MillraceException;
import dev.millrace.failure.Owner;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What to do where the database's offset is not in the topic. Records that Kafka removed before
 * they were stored are lost, and said to be; the sink goes on at the earliest. A topic that ends
 * before the offset is another topic or has lost its end: starting over could store everything
 * twice, so that is an operator's to decide.
 */
final class Positions {
  private static final Logger LOG = LoggerFactory.getLogger(Positions.class);

  /** What can be wrong with a place. */
  enum Failure implements FailureCode {
    TOPIC_ENDS_BEFORE(Owner.CONFIGURATION),
    /** Kafka does not say where the topic begins; it is asked again. */
    BEGINNING_UNKNOWN(Owner.OUTAGE);

    private final Owner owner;

    Failure(Owner owner) {
      this.owner = owner;
    }

    @Override
    public Owner owner() {
      return owner;
    }
  }

  private Positions() {}

  /**
   * Moves on to the earliest record.
   *
   * @throws MillraceException a {@link Failure}
   */
  static void repair(Consumer<byte[], byte[]> consumer, Map.Entry<TopicPartition, Long> place) {
    var partition = place.getKey();
    var earliest = earliest(consumer, partition);
    if (place.getValue() > earliest) {
      throw new MillraceException(
          Failure.TOPIC_ENDS_BEFORE,
          "%s ends before offset %d, up to which it was stored. If the topic was made anew, set next_offset = 0 for it in millrace.sink_progress"
              .formatted(partition, place.getValue()));
    }
    LOG.warn(
        "{}: Kafka removed {} records before they were stored, from offset {} on; going on at {}",
        partition,
        earliest - place.getValue(),
        place.getValue(),
        earliest);
    consumer.seek(partition, earliest);
  }

  private static long earliest(Consumer<byte[], byte[]> consumer, TopicPartition partition) {
    try {
      return consumer.beginningOffsets(List.of(partition)).get(partition);
    } catch (RetriableException away) {
      throw new MillraceException(
          Failure.BEGINNING_UNKNOWN,
          "Kafka does not say where %s begins: %s. Check that it runs and bootstrap.servers names it"
              .formatted(partition, away.getMessage()),
          away);
    }
  }
}
