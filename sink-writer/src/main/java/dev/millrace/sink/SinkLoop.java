package dev.millrace.sink;

import dev.millrace.failure.Health;
import dev.millrace.failure.Health.State;
import dev.millrace.failure.MillraceException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The spine: poll, and hand what comes to the lanes, whose turns decode, encode, COPY and commit
 * ({@link TopicStore#store}). The poller never waits for the database, so a slow one causes no
 * rebalance: partitions are paused while enough of them is held, and the polls go on.
 *
 * <p>One thread, the poller, which alone touches the consumer. Writers take turns with lanes
 * ({@link Writers}); the two meet in {@link Lane} and nowhere else. What a writer finds that is the
 * group's business, a lost claim, or the end of the sink, it leaves for the poller to see. {@link
 * #stop} and {@link #health} are for any thread.
 */
final class SinkLoop implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(SinkLoop.class);
  private static final long TELL_KAFKA_EVERY_MILLIS = 1_000;
  private static final Duration WHILE_LANES_ARE_HELD = Duration.ofMillis(10);
  private static final Duration WHILE_ALL_ARE_HELD = Duration.ofMillis(50);

  private final SinkConfig config;
  private final Consumer<byte[], byte[]> consumer;
  private final List<String> topics;
  private final Clock clock;
  private final BatchLimits limits;
  private final Lanes lanes;
  private final LaneWriter writer;
  private final Writers writers;
  private long toldKafkaAtMillis;
  private volatile boolean stopping;
  private volatile Health health = Health.of(State.STOPPED, "not started");

  private SinkLoop(
      Consumer<byte[], byte[]> consumer,
      SinkConfig config,
      List<String> topics,
      Lanes lanes,
      LaneWriter writer,
      Writers writers,
      Clock clock) {
    this.consumer = consumer;
    this.config = config;
    this.topics = topics;
    this.clock = clock;
    this.limits = BatchLimits.of(config);
    this.lanes = lanes;
    this.writer = writer;
    this.writers = writers;
  }

  /**
   * Prepares the loop.
   *
   * @param consumer the loop's own from now on
   * @param stores by topic, what makes the store of a partition
   * @param executor what the turns of the writers run on; borrowed
   */
  static SinkLoop over(
      Consumer<byte[], byte[]> consumer,
      SinkConfig config,
      Map<String, Supplier<BatchStore>> stores,
      SinkMetrics metrics,
      Executor executor,
      Clock clock) {
    var writer = new LaneWriter(config, metrics, clock, new Outage());
    var lanes =
        new Lanes(
            consumer,
            topic -> stores.get(topic).get(),
            metrics,
            config.closeTimeout().dividedBy(2));
    return new SinkLoop(
        consumer,
        config,
        List.copyOf(stores.keySet()),
        lanes,
        writer,
        new Writers(executor, writer),
        clock);
  }

  void stop() {
    stopping = true;
  }

  Health health() {
    return health;
  }

  @Override
  public void run() {
    try {
      consumer.subscribe(topics, lanes);
      while (!stopping) {
        turn();
      }
      lanes.closeAll();
      tellKafka();
      health = Health.of(State.STOPPED, "closed");
    } catch (RuntimeException | Error failed) {
      LOG.error("the sink has ended: {}", failed.getMessage(), failed);
      health = Health.of(State.FAILED, String.valueOf(failed.getMessage()));
      lanes.closeAll();
    } finally {
      consumer.close(CloseOptions.timeout(config.closeTimeout().dividedBy(4)));
    }
  }

  private void turn() {
    poll();
    requireNoEnd();
    if (lanes.all().stream().anyMatch(Lane::isFenced)) {
      joinAnew();
    }
    lanes.seek();
    lanes.all().forEach(writers::offer);
    lanes.regulate(limits, config.bufferBytes());
    var now = clock.millis();
    if (now - toldKafkaAtMillis >= TELL_KAFKA_EVERY_MILLIS) {
      toldKafkaAtMillis = now;
      tellKafka();
      lanes.report(now);
      writer.review(lanes.all());
    }
    health = assess();
  }

  private void poll() {
    try {
      lanes.add(consumer.poll(patience()), clock.millis());
    } catch (OffsetOutOfRangeException gone) {
      gone.offsetOutOfRangePartitions().entrySet().forEach(this::repair);
    }
  }

  /**
   * How long the next poll may wait. One that can bring nothing waits for the writers before it.
   */
  private Duration patience() {
    if (lanes.allHeld()) {
      try {
        writers.awaitTurn(least(config.pollTimeout(), WHILE_ALL_ARE_HELD));
      } catch (InterruptedException interrupted) {
        // For the poll to see.
        Thread.currentThread().interrupt();
      }
      return Duration.ZERO;
    }
    return lanes.allIdle()
        ? config.pollTimeout()
        : least(config.pollTimeout(), WHILE_LANES_ARE_HELD);
  }

  private static Duration least(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private void repair(Map.Entry<TopicPartition, Long> place) {
    try {
      Positions.repair(consumer, place);
    } catch (MillraceException failed) {
      lanes.all().stream()
          .filter(lane -> lane.partition().equals(place.getKey()))
          .forEach(lane -> writer.setAside(lane, failed));
    }
  }

  private void requireNoEnd() {
    var end = writer.end();
    if (end.isPresent()) {
      if (end.get() instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) end.get();
    }
  }

  private void joinAnew() {
    lanes.all().stream()
        .filter(Lane::isFenced)
        .flatMap(lane -> lane.problem().stream())
        .forEach(fenced -> LOG.warn("{}; joining the group anew", fenced.getMessage()));
    consumer.unsubscribe();
    lanes.onPartitionsRevoked(lanes.partitions());
    consumer.subscribe(topics, lanes);
  }

  /** For lag tools only; the sink itself never reads these, so a lost one is no loss. */
  private void tellKafka() {
    consumer.commitAsync(
        lanes.offsets(),
        (offsets, failed) -> {
          if (failed != null) {
            LOG.debug("Kafka did not take the offsets: {}", failed.getMessage());
          }
        });
  }

  private Health assess() {
    if (!lanes.joined()) {
      return Health.of(
          State.WAITING,
          "no partition is assigned yet; if that lasts, check that Kafka runs and bootstrap.servers names it");
    }
    var held = lanes.all().stream().filter(lane -> lane.problem().isPresent()).toList();
    if (held.isEmpty()) {
      return Health.of(State.RUNNING);
    }
    var others =
        held.size() < lanes.all().size() && held.stream().allMatch(this::leavesOthersAlone);
    var reasons =
        held.stream()
            .flatMap(lane -> lane.problem().stream())
            .map(MillraceException::getMessage)
            .distinct()
            .toList();
    return new Health(others ? State.DEGRADED : State.WAITING, reasons);
  }

  /** A lane whose topic is stopped, or one that is held while others get through. */
  private boolean leavesOthersAlone(Lane lane) {
    return lane.problem().filter(LaneWriter::stopsItsTopicAlone).isPresent()
        || writer.othersGoOn(lane);
  }
}
