package dev.millrace.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.failure.MillraceException;
import dev.millrace.failure.Owner;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PositionsTest {
  private static final TopicPartition PARTITION = new TopicPartition("things", 0);

  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none");

  @BeforeEach
  void assign() {
    consumer.assign(List.of(PARTITION));
    consumer.updateBeginningOffsets(Map.of(PARTITION, 100L));
  }

  @Test
  void goesOnAtTheEarliestIfKafkaRemovedWhatWasNotStored() {
    Positions.repair(consumer, Map.entry(PARTITION, 40L));
    assertThat(consumer.position(PARTITION)).isEqualTo(100);
  }

  @Test
  void waitsForABrokerThatIsAway() {
    consumer.setOffsetsException(new TimeoutException("no answer in 60 s"));
    assertThatThrownBy(() -> Positions.repair(consumer, Map.entry(PARTITION, 40L)))
        .isInstanceOfSatisfying(
            MillraceException.class,
            failed -> assertThat(failed.code().owner()).isEqualTo(Owner.OUTAGE))
        .hasMessageContaining("things-0");
  }

  @Test
  void leavesATopicThatEndsTooSoonToAnOperator() {
    assertThatThrownBy(() -> Positions.repair(consumer, Map.entry(PARTITION, 4_000L)))
        .hasMessageContaining("things-0 ends before offset 4000")
        .hasMessageContaining("next_offset = 0");
  }
}
