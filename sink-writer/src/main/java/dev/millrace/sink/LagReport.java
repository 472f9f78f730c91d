package dev.millrace.sink;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far the database is behind the ends of the partitions. A partition that is read learns its
 * end with every fetch. One that is paused learns nothing, and would seem to stand still while the
 * database is away: its end is asked for, every 5 s, for half a second at most. The poller's alone.
 */
final class LagReport {
  private static final Logger LOG = LoggerFactory.getLogger(LagReport.class);
  private static final long ASK_EVERY_MILLIS = 5_000;
  private static final Duration PATIENCE = Duration.ofMillis(500);

  private final Consumer<byte[], byte[]> consumer;
  private final SinkMetrics metrics;
  private final Map<TopicPartition, Long> ends = new HashMap<>();
  private long askedAtMillis;

  LagReport(Consumer<byte[], byte[]> consumer, SinkMetrics metrics) {
    this.consumer = consumer;
    this.metrics = metrics;
  }

  /** Reports what is known; {@code reading} are those that are not paused. */
  void report(Collection<Lane> lanes, Set<TopicPartition> reading, long nowMillis) {
    var paused =
        lanes.stream()
            .map(Lane::partition)
            .filter(partition -> !reading.contains(partition))
            .collect(Collectors.toSet());
    if (nowMillis - askedAtMillis >= ASK_EVERY_MILLIS) {
      askedAtMillis = nowMillis;
      ask(paused);
    }
    ends.keySet().retainAll(paused);
    for (var lane : lanes) {
      behind(lane).ifPresent(records -> report(lane, records, nowMillis));
    }
  }

  private void ask(Set<TopicPartition> paused) {
    ends.clear();
    if (paused.isEmpty()) {
      return;
    }
    try {
      ends.putAll(consumer.endOffsets(paused, PATIENCE));
    } catch (KafkaException away) {
      LOG.debug("Kafka does not say where the partitions end: {}", away.getMessage());
    }
  }

  private OptionalLong behind(Lane lane) {
    var end = ends.get(lane.partition());
    var stored = lane.storedUpTo();
    if (end != null && stored.isPresent()) {
      return OptionalLong.of(Math.max(0, end - stored.getAsLong()));
    }
    if (lane.unpositioned().isPresent() || lane.claim().isEmpty()) {
      return OptionalLong.empty();
    }
    var unread = consumer.currentLag(lane.partition());
    return unread.isPresent()
        ? OptionalLong.of(unread.getAsLong() + lane.pending())
        : OptionalLong.empty();
  }

  private void report(Lane lane, long records, long nowMillis) {
    var since = lane.waitingSince();
    var millis = records == 0 || since < 0 ? 0 : Math.max(0, nowMillis - since);
    metrics.lag(lane.partition().topic(), lane.partition().partition(), records, millis);
  }
}
