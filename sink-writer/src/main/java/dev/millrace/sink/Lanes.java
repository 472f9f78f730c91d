package dev.millrace.sink;

import dev.millrace.sink.write.Claim;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The assigned partitions. The poller's alone; the lanes in it are shared with the writers. The
 * database is never asked within a rebalance.
 *
 * <p><b>Assigned:</b> the partition is paused, and its lane's first turn is the claim. Once that is
 * made, the poller seeks to where it says and lets it be read. <b>Revoked:</b> the lane is closed,
 * and a batch under way is waited for, so that the next owner finds it done. That wait is bounded;
 * a batch that takes longer either commits before the next owner's claim or is fenced by it.
 * <b>Lost:</b> the same without the wait, for somebody else may have the partition already.
 */
final class Lanes implements ConsumerRebalanceListener {
  private static final Logger LOG = LoggerFactory.getLogger(Lanes.class);

  private final Consumer<byte[], byte[]> consumer;
  private final Function<String, BatchStore> stores;
  private final SinkMetrics metrics;
  private final Duration patience;
  private final LagReport lag;
  private final Map<TopicPartition, Lane> lanes = new LinkedHashMap<>();
  private final Set<TopicPartition> reading = new HashSet<>();
  private boolean joined;
  private boolean ended;

  /**
   * Begins without a partition.
   *
   * @param stores makes the store of a partition of a topic
   * @param patience how long a revocation waits for batches under way
   */
  Lanes(
      Consumer<byte[], byte[]> consumer,
      Function<String, BatchStore> stores,
      SinkMetrics metrics,
      Duration patience) {
    this.consumer = consumer;
    this.stores = stores;
    this.metrics = metrics;
    this.patience = patience;
    this.lag = new LagReport(consumer, metrics);
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
    var closed = close(partitions);
    if (!ended) {
      awaitRest(closed);
    }
    lanes.keySet().removeAll(partitions);
  }

  @Override
  public void onPartitionsLost(Collection<TopicPartition> partitions) {
    var unused = close(partitions);
    lanes.keySet().removeAll(partitions);
  }

  /**
   * Ends every lane, and waits for the batches under way: once, the consumer's own end revokes them
   * again. The lanes can still be asked.
   */
  void closeAll() {
    awaitRest(close(partitions()));
    ended = true;
  }

  private List<Lane> close(Collection<TopicPartition> partitions) {
    var closed = new ArrayList<Lane>();
    for (var partition : partitions) {
      reading.remove(partition);
      var lane = lanes.get(partition);
      if (lane != null) {
        closed.add(lane);
        metrics.givenBack(partition.topic(), partition.partition(), lane.close());
        metrics.lag(partition.topic(), partition.partition(), 0, 0);
        metrics.inFlight(partition.topic(), partition.partition(), 0);
      }
    }
    return closed;
  }

  private void awaitRest(List<Lane> closed) {
    var deadline = System.nanoTime() + patience.toNanos();
    var undone = new ArrayList<TopicPartition>();
    try {
      for (var lane : closed) {
        if (!lane.awaitRest(deadline)) {
          undone.add(lane.partition());
        }
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    if (!undone.isEmpty()) {
      LOG.warn("given away before their batches are done: {}", undone);
    }
  }

  /** Whether Kafka has assigned partitions yet, be it none. */
  boolean joined() {
    return joined;
  }

  Collection<Lane> all() {
    return lanes.values();
  }

  Set<TopicPartition> partitions() {
    return Set.copyOf(lanes.keySet());
  }

  /** Hands records to their lanes. */
  void add(ConsumerRecords<byte[], byte[]> records, long nowMillis) {
    for (var partition : records.partitions()) {
      var some = records.records(partition);
      metrics.read(partition.topic(), partition.partition(), some.size());
      var unwanted = lanes.get(partition).add(some, nowMillis);
      metrics.givenBack(partition.topic(), partition.partition(), unwanted);
    }
  }

  /** Moves the reading of every lane that has a new claim to where that says. */
  void seek() {
    for (var lane : lanes.values()) {
      lane.unpositioned().ifPresent(claim -> readFrom(lane, claim));
    }
  }

  private void readFrom(Lane lane, Claim claim) {
    if (claim.nextOffset() == 0) {
      consumer.seekToBeginning(List.of(lane.partition()));
    } else {
      consumer.seek(lane.partition(), claim.nextOffset());
    }
    lane.position(claim);
  }

  /**
   * Lets be read what wants records and pauses the rest; all of it where the lanes hold {@code
   * mostBytes}. Then those that wait for something give back what they hold, so that it is not they
   * who keep the others from going on.
   */
  void regulate(BatchLimits limits, long mostBytes) {
    var full = bytes() >= mostBytes;
    for (var lane : lanes.values()) {
      var partition = lane.partition();
      if (full && lane.problem().isPresent()) {
        metrics.givenBack(partition.topic(), partition.partition(), lane.restart());
      }
      var wanted = !full && lane.wantsRecords(limits);
      if (wanted && reading.add(partition)) {
        consumer.resume(List.of(partition));
      } else if (!wanted && reading.remove(partition)) {
        consumer.pause(List.of(partition));
      }
    }
  }

  private long bytes() {
    return lanes.values().stream().mapToLong(Lane::pendingBytes).sum();
  }

  /** Whether nothing is held back, so that a poll may wait for records. */
  boolean allIdle() {
    return reading.size() == lanes.size()
        && lanes.values().stream().allMatch(lane -> lane.pending() == 0);
  }

  /** Whether a poll can bring no record: there are lanes, and none is to be read now. */
  boolean allHeld() {
    return !lanes.isEmpty() && reading.isEmpty();
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

  void report(long nowMillis) {
    for (var lane : lanes.values()) {
      var partition = lane.partition();
      metrics.inFlight(partition.topic(), partition.partition(), lane.pending());
    }
    lag.report(lanes.values(), reading, nowMillis);
  }
}
