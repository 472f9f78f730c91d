package dev.millrace.sink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.config.Settings;
import dev.millrace.failure.Health.State;
import dev.millrace.failure.MillraceException;
import dev.millrace.sink.write.WriteFailure;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/**
 * Poller and writers, step by step. What happens in a poll is scripted; turns of the writers wait
 * in a queue until the test lets them run, or run on a thread where one has to wait for the other.
 */
class SinkLoopTest {
  private static final TopicPartition A = new TopicPartition("a", 0);
  private static final TopicPartition B = new TopicPartition("b", 0);

  private final HandClock clock = new HandClock();
  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none");
  private final ScriptedStore a = new ScriptedStore("a", 5);
  private final ScriptedStore b = new ScriptedStore("b", 5);
  private final CountDownLatch underWay = new CountDownLatch(1);
  private final Queue<Runnable> turns = new ArrayDeque<>();
  private final AtomicInteger givenBack = new AtomicInteger();
  private final AtomicLong lag = new AtomicLong();
  private final Map<String, String> settings =
      new HashMap<>(
          Map.of(
              "sink.batch_rows", "2",
              "sink.batch_age_ms", "0",
              "sink.close_timeout_ms", "2",
              "sink.retry_backoff_ms", "1000"));

  private SinkLoop loop;
  private final List<Object> seen = new ArrayList<>();

  @Test
  void readsFromWhereTheClaimSays() {
    make(turns::add);
    polls(() -> assign(A), this::takeTurns, () -> seen.add(consumer.position(A)), loop::stop);
    assertThat(seen).containsExactly(5L);
    assertThat(a.claims).isEqualTo(1);
  }

  /** A slow database holds up no poll: the partition is paused while its writer is at work. */
  @Test
  void pollsOnWhileAWriterIsBusy() {
    make(turns::add);
    polls(
        () -> assign(A, B),
        this::takeTurns,
        () -> publish(A, 5, 9),
        () -> seen.add(consumer.paused()),
        () -> publish(B, 5, 6),
        () -> seen.add(turns.size()),
        this::takeTurns,
        () -> seen.add(consumer.paused()),
        loop::stop);
    assertThat(seen).containsExactly(Set.of(A), 2, Set.of());
    assertThat(a.batches).containsExactly(List.of(5L, 6L), List.of(7L, 8L));
    assertThat(b.stored()).containsExactly(5L);
  }

  /** The next owner finds the batch done, and its end before it asks for the partition. */
  @Test
  void answersARevocationWhenTheBatchUnderWayIsDone() {
    settings.put("sink.close_timeout_ms", "60000");
    var executor = Executors.newSingleThreadExecutor();
    try {
      holdUntilThePollerWaits();
      make(claimsAtOnce(executor));
      polls(
          () -> assign(A),
          () -> publish(A, 5, 9),
          () -> {},
          this::awaitBatchUnderWay,
          () -> {
            assign();
            seen.addAll(a.stored());
          },
          loop::stop);
    } finally {
      end(executor);
    }
    assertThat(seen).containsExactly(5L, 6L);
    assertThat(a.stored()).containsExactly(5L, 6L);
    assertThat(givenBack).hasValue(2);
  }

  @Test
  void waitsForAWriterOnlySoLongAndThenLetsItDoNothing() {
    make(turns::add);
    polls(
        () -> assign(A),
        this::takeTurns,
        () -> publish(A, 5, 7),
        () -> assign(),
        this::takeTurns,
        loop::stop);
    assertThat(a.stored()).isEmpty();
    assertThat(givenBack).hasValue(2);
  }

  @Test
  void finishesTheBatchInHandWhenItIsStopped() {
    settings.put("sink.close_timeout_ms", "60000");
    var executor = Executors.newSingleThreadExecutor();
    try {
      holdUntilThePollerWaits();
      make(claimsAtOnce(executor));
      polls(
          () -> assign(A), () -> publish(A, 5, 9), () -> {}, this::awaitBatchUnderWay, loop::stop);
      assertThat(a.stored()).containsExactly(5L, 6L);
    } finally {
      end(executor);
    }
    assertThat(loop.health().state()).isEqualTo(State.STOPPED);
  }

  @Test
  void countsWhatARevokedPartitionGivesBackThatWaits() {
    a.script.add(fails(WriteFailure.DATABASE_UNAVAILABLE));
    make(turns::add);
    polls(
        () -> assign(A),
        this::takeTurns,
        () -> publish(A, 5, 7),
        this::takeTurns,
        () -> assign(),
        () -> seen.add(givenBack.get()),
        loop::stop);
    assertThat(seen).containsExactly(2);
  }

  /** Who owns a partition is the group's to say: a lost claim is not taken back, but assigned. */
  @Test
  void joinsItsGroupAnewWhenAClaimIsLost() {
    a.script.add(fails(WriteFailure.FENCED));
    make(turns::add);
    polls(
        () -> assign(A),
        this::takeTurns,
        () -> publish(A, 5, 6),
        this::takeTurns,
        () -> seen.add(List.copyOf(consumer.assignment())),
        () -> assign(A),
        this::takeTurns,
        () -> publish(A, 5, 6),
        this::takeTurns,
        loop::stop);
    assertThat(seen).containsExactly(List.of());
    assertThat(a.claims).isEqualTo(2);
    assertThat(a.stored()).containsExactly(5L);
  }

  @Test
  void waitsForAnOutageAndStoresTheSameBatchAfterIt() {
    a.script.add(fails(WriteFailure.DATABASE_UNAVAILABLE));
    make(turns::add);
    polls(
        () -> assign(A),
        this::takeTurns,
        () -> publish(A, 5, 7),
        this::takeTurns,
        () -> seen.add(turns.size()),
        () -> seen.add(loop.health().state()),
        () -> clock.advance(Duration.ofSeconds(1)),
        this::takeTurns,
        () -> seen.add(loop.health().state()),
        loop::stop);
    assertThat(seen).containsExactly(0, State.WAITING, State.RUNNING);
    assertThat(a.batches).containsExactly(List.of(5L, 6L));
  }

  @Test
  void stopsATopicThatAnOperatorHasToMendAndKeepsTheOthersGoing() {
    a.script.add(fails(WriteFailure.TABLE_MISSING));
    make(turns::add);
    polls(
        () -> assign(A, B),
        this::takeTurns,
        () -> publish(A, 5, 7),
        this::takeTurns,
        () -> seen.add(loop.health().state()),
        () -> publish(B, 5, 7),
        this::takeTurns,
        () -> clock.advance(Duration.ofSeconds(30)),
        this::takeTurns,
        () -> publish(A, 5, 7),
        this::takeTurns,
        () -> seen.add(loop.health().state()),
        loop::stop);
    assertThat(seen).containsExactly(State.DEGRADED, State.RUNNING);
    assertThat(b.stored()).containsExactly(5L, 6L);
    assertThat(a.stored()).containsExactly(5L, 6L);
    assertThat(givenBack).hasValue(2);
  }

  /** Ready is who stores something: a lock on one table is not the database being away. */
  @Test
  void waitsAsAWholeOnlyUntilAnotherPartitionGetsThrough() {
    a.script.add(fails(WriteFailure.DATABASE_BUSY));
    make(turns::add);
    polls(
        () -> assign(A, B),
        this::takeTurns,
        () -> publish(A, 5, 7),
        this::takeTurns,
        () -> seen.add(loop.health().state()),
        () -> publish(B, 5, 7),
        this::takeTurns,
        () -> seen.add(loop.health().state()),
        loop::stop);
    assertThat(seen).containsExactly(State.WAITING, State.DEGRADED);
  }

  @Test
  void isNotReadyWhenEveryPartitionIsStopped() {
    a.script.add(fails(WriteFailure.TABLE_MISSING));
    make(turns::add);
    polls(
        () -> assign(A),
        this::takeTurns,
        () -> publish(A, 5, 7),
        this::takeTurns,
        () -> seen.add(loop.health().ready()),
        loop::stop);
    assertThat(seen).containsExactly(false);
  }

  @Test
  void isNotReadyWhenTheLoginIsRefusedThoughOthersHaveNothingToStore() {
    a.script.add(fails(WriteFailure.LOGIN_REFUSED));
    make(turns::add);
    polls(
        () -> assign(A, B),
        this::takeTurns,
        () -> publish(A, 5, 7),
        this::takeTurns,
        () -> seen.add(loop.health().ready()),
        loop::stop);
    assertThat(seen).containsExactly(false);
  }

  /** A paused partition is not fetched, and its client does not learn that it grows. */
  @Test
  void reportsALagThatGrowsWhileNothingIsRead() {
    a.script.add(fails(WriteFailure.DATABASE_UNAVAILABLE));
    make(turns::add);
    polls(
        () -> assign(A),
        this::takeTurns,
        () -> publish(A, 5, 7),
        this::takeTurns,
        () -> {
          consumer.updateEndOffsets(Map.of(A, 1_005L));
          clock.advance(Duration.ofSeconds(6));
        },
        () -> seen.add(lag.get()),
        loop::stop);
    assertThat(seen).containsExactly(1_000L);
  }

  @Test
  void endsVisiblyOnWhatNobodyExpected() {
    a.script.add(
        () -> {
          throw new IllegalStateException("never heard of it");
        });
    make(turns::add);
    polls(
        () -> assign(A),
        this::takeTurns,
        () -> publish(A, 5, 6),
        this::takeTurns,
        () -> seen.add("one more poll"));
    assertThat(seen).isEmpty();
    assertThat(loop.health().state()).isEqualTo(State.FAILED);
    assertThat(loop.health().reasons()).containsExactly("never heard of it");
  }

  /** Records that wait for their table must not fill the memory of all others. */
  @Test
  void givesBackWhatWaitsWhenTheBuffersAreFull() {
    settings.put("sink.buffer_bytes", "1024");
    settings.put("sink.batch_rows", "8");
    a.script.add(fails(WriteFailure.DATABASE_BUSY));
    make(turns::add);
    polls(
        () -> assign(A, B),
        this::takeTurns,
        () -> publish(A, 5, 13),
        () -> seen.add(consumer.paused()),
        this::takeTurns,
        () -> publish(B, 5, 7),
        () -> {},
        this::takeTurns,
        () -> seen.add(b.stored()),
        () -> seen.add(givenBack.get()),
        loop::stop);
    assertThat(seen).containsExactly(Set.of(A, B), List.of(5L, 6L), 8);
  }

  private void make(Executor executor) {
    loop =
        SinkLoop.over(
            consumer,
            SinkConfig.from(Settings.of(settings)),
            Map.of("a", () -> a, "b", () -> b),
            new SinkMetrics() {
              @Override
              public void givenBack(String topic, int partition, int records) {
                givenBack.addAndGet(records);
              }

              @Override
              public void lag(String topic, int partition, long records, long millis) {
                lag.set(records);
              }
            },
            executor,
            clock);
  }

  /** Runs the loop; the steps happen within its polls, one each. */
  private void polls(Runnable... steps) {
    for (var step : steps) {
      consumer.schedulePollTask(step);
    }
    loop.run();
  }

  private void assign(TopicPartition... partitions) {
    var beginnings = new HashMap<TopicPartition, Long>();
    for (var partition : partitions) {
      beginnings.put(partition, 0L);
    }
    consumer.updateBeginningOffsets(beginnings);
    consumer.updateEndOffsets(beginnings);
    consumer.rebalance(List.of(partitions));
  }

  private void publish(TopicPartition partition, long from, long to) {
    LongStream.range(from, to)
        .mapToObj(offset -> Records.of(partition.topic(), partition.partition(), offset))
        .forEach(consumer::addRecord);
  }

  /** Lets the writers run until nothing is left to do for them. */
  private void takeTurns() {
    for (var turn = turns.poll(); turn != null; turn = turns.poll()) {
      turn.run();
    }
  }

  private static Runnable fails(WriteFailure code) {
    return () -> {
      throw new MillraceException(code, code.name());
    };
  }

  /** The first turn, which claims, happens at once; the others are the executor's. */
  private static Executor claimsAtOnce(Executor executor) {
    var claimed = new AtomicBoolean();
    return turn -> {
      if (claimed.getAndSet(true)) {
        executor.execute(turn);
      } else {
        turn.run();
      }
    };
  }

  /** The first batch goes on when this thread, the poller's, waits for its lane; or in vain. */
  private void holdUntilThePollerWaits() {
    var poller = Thread.currentThread();
    a.script.add(
        () -> {
          underWay.countDown();
          var deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
          while (!isIn(poller, "awaitRest") && System.nanoTime() < deadline) {
            Thread.onSpinWait();
          }
        });
  }

  private static boolean isIn(Thread thread, String method) {
    return Arrays.stream(thread.getStackTrace())
        .anyMatch(frame -> frame.getMethodName().equals(method));
  }

  private static void end(ExecutorService executor) {
    executor.shutdown();
    try {
      assertThat(executor.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }

  private void awaitBatchUnderWay() {
    try {
      underWay.await();
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }
}
