package dev.millrace.sink;

import dev.millrace.failure.FailureCode;
import dev.millrace.failure.MillraceException;
import dev.millrace.failure.Owner;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
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
    TOPIC_ENDS_BEFORE;

    @Override
    public Owner owner() {
      return Owner.CONFIGURATION;
    }
  }

  private Positions() {}

  /**
   * Moves on to the earliest record.
   *
   * @throws MillraceException {@link Failure#TOPIC_ENDS_BEFORE}
   */
  static void repair(Consumer<byte[], byte[]> consumer, Map.Entry<TopicPartition, Long> place) {
    var partition = place.getKey();
    var wanted = List.of(partition);
    var earliest = consumer.beginningOffsets(wanted).get(partition);
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
}
