package dev.millrace.sink;

import dev.millrace.failure.Health;
import dev.millrace.failure.Health.State;
import dev.millrace.failure.MillraceException;
import dev.millrace.schema.RecordCatalog;
import dev.millrace.schema.RecordType;
import dev.millrace.sink.deadletter.DeadLetters;
import dev.millrace.sink.write.WriteFailure;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The spine: poll, then let every lane decode, encode, COPY and commit what it was given. What a
 * failure means is decided here, by the owner of its code, and nowhere else:
 *
 * <ul>
 *   <li>data never comes here: the record was dead-lettered on the way;
 *   <li>an outage makes the lane wait, with back-off and without limit; if it is the database that
 *       is away, the others wait for the first pause too, and go on with the first that succeeds;
 *   <li>configuration stops the lane until it is looked at again; the others go on;
 *   <li>a lost claim makes the sink join its group anew: only an assignment gives a claim;
 *   <li>anything else ends the sink, visibly.
 * </ul>
 *
 * <p>Runs in one thread; {@link #stop} and {@link #health} are for any.
 */
final class SinkLoop implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(SinkLoop.class);
  private static final long TELL_KAFKA_EVERY_MILLIS = 1_000;
  private static final int POLLS_IN_AN_INTERVAL = 5;

  private final SinkConfig config;
  private final Consumer<byte[], byte[]> consumer;
  private final DeadLetters deadLetters;
  private final List<String> topics;
  private final SinkMetrics metrics;
  private final Clock clock;
  private final Backoff backoff;
  private final Lanes lanes;
  private long openAtMillis;
  private long toldKafkaAtMillis;
  private volatile boolean stopping;
  private volatile Health health = Health.of(State.STOPPED, "not started");

  SinkLoop(
      SinkConfig config,
      Consumer<byte[], byte[]> consumer,
      DeadLetters deadLetters,
      RecordCatalog catalog,
      Function<RecordType, TopicStore> storeOf,
      SinkMetrics metrics,
      Clock clock) {
    this.config = config;
    this.consumer = consumer;
    this.deadLetters = deadLetters;
    this.topics = catalog.stored().map(RecordType::topic).toList();
    this.metrics = metrics;
    this.clock = clock;
    this.backoff = new Backoff(config.retryBackoff(), config.retryBackoffMax(), new Random());
    Map<String, TopicStore> stores = new HashMap<>();
    catalog.stored().forEach(type -> stores.put(type.topic(), storeOf.apply(type)));
    this.lanes = new Lanes(consumer, stores::get, metrics);
  }

  void stop() {
    stopping = true;
  }

  Health health() {
    return health;
  }

  @Override
  public void run() {
    try (deadLetters) {
      consumer.subscribe(topics, lanes);
      while (!stopping) {
        turn();
      }
      tellKafka();
      health = Health.of(State.STOPPED, "closed");
    } catch (RuntimeException | Error failed) {
      LOG.error("the sink has ended: {}", failed.getMessage(), failed);
      health = Health.of(State.FAILED, String.valueOf(failed.getMessage()));
    } finally {
      consumer.close(CloseOptions.timeout(config.closeTimeout().dividedBy(4)));
    }
  }

  private void turn() {
    poll();
    var now = clock.millis();
    if (now >= openAtMillis) {
      for (var lane : lanes.due(now)) {
        lanes.putLast(lane);
        if (stopping || !goesOn(lane) || isTimeToPoll(now)) {
          break;
        }
      }
    }
    lanes.regulate();
    lanes.reportLag();
    if (now - toldKafkaAtMillis >= TELL_KAFKA_EVERY_MILLIS) {
      toldKafkaAtMillis = now;
      tellKafka();
    }
    health = assess();
  }

  /** Lanes that all take long must not add up to a rebalance; those left over come next turn. */
  private boolean isTimeToPoll(long polledAtMillis) {
    var longest = config.maxPollInterval().toMillis() / POLLS_IN_AN_INTERVAL;
    return clock.millis() - polledAtMillis >= longest;
  }

  private void poll() {
    try {
      var records = consumer.poll(config.pollTimeout());
      lanes.add(records);
      records.partitions().forEach(p -> metrics.read(p.topic(), records.records(p).size()));
    } catch (OffsetOutOfRangeException gone) {
      for (var place : gone.offsetOutOfRangePartitions().entrySet()) {
        repair(place);
      }
    }
  }

  private void repair(Map.Entry<TopicPartition, Long> place) {
    try {
      Positions.repair(consumer, place);
    } catch (MillraceException failed) {
      lanes.all().stream()
          .filter(lane -> lane.partition().equals(place.getKey()))
          .forEach(
              lane -> {
                afterFailure(lane, failed);
                lane.restart();
              });
    }
  }

  /** Lets a lane do what it can; whether the others should too. */
  private boolean goesOn(Lane lane) {
    try {
      if (lane.claim().isEmpty()) {
        lanes.readFrom(lane, lane.takeOver());
      }
      lane.drain(config.batchRows(), config.batchBytes());
      lanes.wake(WriteFailure.DATABASE_UNAVAILABLE);
      return true;
    } catch (MillraceException failed) {
      return afterFailure(lane, failed);
    }
  }

  private boolean afterFailure(Lane lane, MillraceException failed) {
    if (failed.code() == WriteFailure.FENCED) {
      joinAnew(lane, failed);
      return false;
    }
    return switch (failed.code().owner()) {
      case OUTAGE -> waitFor(lane, failed);
      case CONFIGURATION -> stopLane(lane, failed);
      case DATA, BUG -> throw failed;
    };
  }

  private boolean waitFor(Lane lane, MillraceException failed) {
    var attempts = lane.failed(failed);
    // To a server whose column was widened, rows of the old width are a broken protocol (08P01).
    lane.store().forget();
    lane.waitUntil(clock.millis() + backoff.millis(attempts));
    metrics.retried(lane.partition().topic(), failed.code().name());
    if (Integer.bitCount(attempts) == 1) {
      LOG.warn("{} waits (attempt {}): {}", lane.partition(), attempts, failed.getMessage());
    }
    if (failed.code() != WriteFailure.DATABASE_UNAVAILABLE) {
      return true;
    }
    openAtMillis = clock.millis() + backoff.millis(1);
    return false;
  }

  private boolean stopLane(Lane lane, MillraceException failed) {
    if (lane.failed(failed) == 1) {
      LOG.error("{} is stopped: {}", lane.partition(), failed.getMessage());
    }
    lane.store().forget();
    lane.waitUntil(clock.millis() + config.stoppedRetry().toMillis());
    return true;
  }

  private void joinAnew(Lane lane, MillraceException fenced) {
    LOG.warn("{}; joining the group anew", fenced.getMessage());
    metrics.fenced(lane.partition().topic());
    consumer.unsubscribe();
    lanes.clear();
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
    var problems = lanes.all().stream().flatMap(lane -> lane.problem().stream()).toList();
    if (problems.isEmpty()) {
      return Health.of(State.RUNNING);
    }
    var stopped = lanes.all().stream().filter(lane -> lane.problem().isPresent());
    var state = stopped.allMatch(Lane::isStopped) ? State.DEGRADED : State.WAITING;
    return new Health(
        state, problems.stream().map(MillraceException::getMessage).distinct().toList());
  }
}
