package dev.millrace.sink;

import dev.millrace.failure.FailureCode;
import dev.millrace.sink.write.Claim;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * The assigned partitions. A partition is read only while its lane is claimed and empty: it is
 * paused from its assignment to its claim, and again while the database takes nothing; the polls go
 * on, so that Kafka sees a live member. The database is never asked within a rebalance. One thread.
 */
final class Lanes implements ConsumerRebalanceListener {
  private final Consumer<byte[], byte[]> consumer;
  private final Function<String, TopicStore> stores;
  private final SinkMetrics metrics;
  private final Map<TopicPartition, Lane> lanes = new LinkedHashMap<>();
  private boolean joined;

  Lanes(
      Consumer<byte[], byte[]> consumer, Function<String, TopicStore> stores, SinkMetrics metrics) {
    this.consumer = consumer;
    this.stores = stores;
    this.metrics = metrics;
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
    joined = true;
    consumer.pause(partitions);
    for (var partition : partitions) {
      // Any place will do until the claim tells the right one; none at all is an error to Kafka.
      consumer.seek(partition, 0);
      lanes.put(partition, new Lane(partition, stores.apply(partition.topic())));
    }
  }

  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
    for (var partition : partitions) {
      lanes.remove(partition);
      metrics.lag(partition.topic(), partition.partition(), 0);
    }
  }

  /** Whether Kafka has assigned partitions yet, be it none. */
  boolean joined() {
    return joined;
  }

  Collection<Lane> all() {
    return lanes.values();
  }

  void clear() {
    lanes.clear();
  }

  /** Ends the pause of every lane that waits for this to pass. */
  void wake(FailureCode passed) {
    for (var lane : lanes.values()) {
      if (lane.problem().filter(problem -> problem.code() == passed).isPresent()) {
        lane.waitUntil(0);
      }
    }
  }

  /** Hands records to their lanes. */
  void add(ConsumerRecords<byte[], byte[]> records) {
    for (var partition : records.partitions()) {
      lanes.get(partition).add(records.records(partition));
    }
  }

  /** Lets every other lane have its turn first. */
  void putLast(Lane lane) {
    if (lanes.remove(lane.partition(), lane)) {
      lanes.put(lane.partition(), lane);
    }
  }

  /** The lanes that have something to do, the one that waited longest first. */
  List<Lane> due(long nowMillis) {
    var due = new ArrayList<Lane>();
    for (var lane : lanes.values()) {
      if (lane.isDue(nowMillis)) {
        due.add(lane);
      }
    }
    return due;
  }

  /** Reads a partition from where its claim says. */
  void readFrom(Lane lane, Claim claim) {
    if (claim.nextOffset() == 0) {
      consumer.seekToBeginning(List.of(lane.partition()));
    } else {
      consumer.seek(lane.partition(), claim.nextOffset());
    }
  }

  /** Pauses what waits, and lets the rest be read. */
  void regulate() {
    for (var lane : lanes.values()) {
      var one = List.of(lane.partition());
      if (lane.claim().isEmpty() || lane.pending() > 0) {
        consumer.pause(one);
      } else {
        consumer.resume(one);
      }
    }
  }

  /** The offsets as the database has them, for Kafka's own tools. */
  Map<TopicPartition, OffsetAndMetadata> offsets() {
    var offsets = new HashMap<TopicPartition, OffsetAndMetadata>();
    for (var lane : lanes.values()) {
      lane.claim()
          .ifPresent(
              claim -> offsets.put(lane.partition(), new OffsetAndMetadata(claim.nextOffset())));
    }
    return offsets;
  }

  void reportLag() {
    for (var lane : lanes.values()) {
      var partition = lane.partition();
      consumer
          .currentLag(partition)
          .ifPresent(
              unread ->
                  metrics.lag(partition.topic(), partition.partition(), unread + lane.pending()));
    }
  }
}
