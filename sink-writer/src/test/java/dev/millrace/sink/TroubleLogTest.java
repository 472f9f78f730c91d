package dev.millrace.sink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.config.Settings;
import dev.millrace.failure.MillraceException;
import dev.millrace.sink.write.Claim;
import dev.millrace.sink.write.EncodedRows;
import dev.millrace.sink.write.WriteFailure;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** A log of a bad hour is to be read by a person. */
class TroubleLogTest {
  private static final int PARTITIONS = 50;
  private static final List<TopicPartition> ASSIGNED =
      IntStream.range(0, PARTITIONS).mapToObj(number -> new TopicPartition("a", number)).toList();

  private final HandClock clock = new HandClock();
  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none");
  private final Queue<Runnable> turns = new ConcurrentLinkedQueue<>();
  private WriteFailure trouble;
  private int attempts;
  private long offset;

  /** Fails while there is trouble. */
  private final class Store implements BatchStore {
    private long nextOffset;

    @Override
    public Claim claim(int partition) {
      failInTrouble("claiming");
      return new Claim("a", partition, 1, nextOffset);
    }

    @Override
    public Claim store(Claim claim, List<ConsumerRecord<byte[], byte[]>> batch, EncodedRows rows) {
      failInTrouble("storing");
      nextOffset = batch.get(batch.size() - 1).offset() + 1;
      return new Claim("a", claim.partition(), claim.epoch(), nextOffset);
    }

    @Override
    public void forget() {}

    private void failInTrouble(String what) {
      if (trouble != null) {
        attempts++;
        throw new MillraceException(trouble, what + " failed, attempt " + attempts);
      }
    }
  }

  @Test
  void saysOfAMinuteWithoutDatabaseFourLinesHoweverManyPartitionsWait() {
    assertThat(
            linesOf(
                WriteFailure.DATABASE_UNAVAILABLE, Duration.ofSeconds(61), Duration.ofMillis(250)))
        .satisfiesExactly(
            first ->
                assertThat(first)
                    .startsWith("WARN DATABASE_UNAVAILABLE: a-")
                    .contains("waits: storing"),
            half ->
                assertThat(half)
                    .startsWith("WARN DATABASE_UNAVAILABLE: for 30 s now, ")
                    .contains("partitions; the latest: storing"),
            whole -> assertThat(whole).startsWith("WARN DATABASE_UNAVAILABLE: for 60 s now, "),
            over -> assertThat(over).startsWith("INFO DATABASE_UNAVAILABLE: over after 6"));
    // One of them tries a few times a second; the others wait for that.
    assertThat(attempts).isBetween(60, 300);
  }

  @Test
  void saysOfALongWaitForAnOperatorFewerAndFewerLines() {
    assertThat(linesOf(WriteFailure.TABLE_MISSING, Duration.ofHours(1), Duration.ofSeconds(5)))
        .hasSize(1 + 7 + 1)
        .first()
        .asString()
        .startsWith("ERROR TABLE_MISSING (a): a-")
        .contains("is stopped: storing");
  }

  /** The lines from the beginning of a trouble of every partition until it is over. */
  private List<String> linesOf(WriteFailure what, Duration length, Duration tick) {
    var loop =
        SinkLoop.over(
            consumer,
            SinkConfig.from(
                Settings.of(
                    Map.of(
                        "sink.batch_age_ms", "0",
                        "sink.poll_timeout_ms", "1",
                        "sink.stopped_retry_ms", "5000"))),
            Map.of("a", Store::new),
            SinkMetrics.NONE,
            turns::add,
            clock);
    try (var lines = LoggedLines.of(TroubleLog.class.getName())) {
      poll(this::assign);
      pass(Duration.ofSeconds(2), tick);
      poll(() -> trouble = what);
      pass(length, tick);
      poll(() -> trouble = null);
      pass(Duration.ofSeconds(20), tick);
      poll(loop::stop);
      loop.run();
      return lines.all();
    }
  }

  private void poll(Runnable step) {
    consumer.schedulePollTask(step);
  }

  /** Time goes on, records come, and the writers try what they want to try. */
  private void pass(Duration length, Duration tick) {
    for (var passed = Duration.ZERO; passed.compareTo(length) < 0; passed = passed.plus(tick)) {
      poll(
          () -> {
            clock.advance(tick);
            publish();
            for (var turn = turns.poll(); turn != null; turn = turns.poll()) {
              turn.run();
            }
          });
    }
  }

  private void assign() {
    var beginnings = new HashMap<TopicPartition, Long>();
    ASSIGNED.forEach(partition -> beginnings.put(partition, 0L));
    consumer.updateBeginningOffsets(beginnings);
    consumer.updateEndOffsets(beginnings);
    consumer.rebalance(ASSIGNED);
  }

  private void publish() {
    for (var partition : ASSIGNED) {
      if (!consumer.paused().contains(partition)) {
        consumer.addRecord(Records.of("a", partition.partition(), offset));
      }
    }
    offset++;
  }
}
