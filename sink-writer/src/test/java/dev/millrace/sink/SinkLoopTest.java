package dev.millrace.sink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.config.Settings;
import dev.millrace.failure.Health;
import dev.millrace.schema.RecordCatalog;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.audio.AudioRecords;
import dev.millrace.schema.camera.CameraRecords;
import dev.millrace.schema.network.NetworkRecords;
import dev.millrace.schema.wire.ConfluentSchemaRegistry;
import dev.millrace.sink.deadletter.DeadLetters;
import dev.millrace.sink.write.Progress;
import dev.millrace.sink.write.Transactions;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** What the loop does while nothing answers in time; the clock is moved by hand. */
class SinkLoopTest {
  private static final List<RecordType> TYPES =
      List.of(NetworkRecords.PATH_READINGS, AudioRecords.SEGMENTS, CameraRecords.SYSTEM_METRICS);

  private final HandClock clock = new HandClock();
  private final SlowlyRefusing database = new SlowlyRefusing(clock);
  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none");
  private final List<Integer> attemptsAtPolls = new ArrayList<>();
  private final List<Health> healthAtPolls = new ArrayList<>();

  /**
   * Each attempt takes as long as Kafka waits for a poll: a poll follows each, and all get a turn.
   */
  @Test
  void pollsBetweenLanesThatTakeLongAndStarvesNone() {
    var config =
        SinkConfig.from(
            Settings.of(
                Map.of("sink.max_poll_interval_ms", "60000", "sink.retry_backoff_ms", "1")));
    var loop =
        new SinkLoop(
            config,
            consumer,
            new NoDeadLetters(),
            new RecordCatalog(TYPES),
            this::store,
            SinkMetrics.NONE,
            clock);
    consumer.schedulePollTask(() -> assign(loop));
    for (var poll = 0; poll < TYPES.size(); poll++) {
      consumer.schedulePollTask(() -> note(loop));
    }
    consumer.schedulePollTask(loop::stop);

    loop.run();

    assertThat(attemptsAtPolls).containsExactly(1, 2, 3);
    assertThat(healthAtPolls.get(2).reasons()).hasSize(3);
  }

  private void assign(SinkLoop loop) {
    var partitions = TYPES.stream().map(type -> new TopicPartition(type.topic(), 0)).toList();
    consumer.rebalance(partitions);
    note(loop);
    attemptsAtPolls.clear();
    healthAtPolls.clear();
  }

  private void note(SinkLoop loop) {
    attemptsAtPolls.add(database.attempts);
    healthAtPolls.add(loop.health());
  }

  private TopicStore store(RecordType type) {
    return new TopicStore(
        type,
        new ConfluentSchemaRegistry("mock://loop", Map.of()),
        new Transactions(database),
        new Progress("sink"),
        new NoDeadLetters(),
        SinkMetrics.NONE);
  }

  private static final class NoDeadLetters implements DeadLetters {
    @Override
    public void keep(List<Aside> records) {
      throw new AssertionError("nothing is put aside");
    }

    @Override
    public void close() {}
  }

  private static final class HandClock extends Clock {
    private Instant now = Instant.EPOCH;

    void advance(Duration by) {
      now = now.plus(by);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  /** Has no connection to give, and takes a minute to say so. */
  private static final class SlowlyRefusing implements DataSource {
    private final HandClock clock;
    private int attempts;

    SlowlyRefusing(HandClock clock) {
      this.clock = clock;
    }

    @Override
    public Connection getConnection() throws SQLException {
      attempts++;
      clock.advance(Duration.ofMinutes(1));
      throw new SQLException("too many clients already", "53300");
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
      return getConnection();
    }

    @Override
    public PrintWriter getLogWriter() {
      return null;
    }

    @Override
    public void setLogWriter(PrintWriter out) {}

    @Override
    public void setLoginTimeout(int seconds) {}

    @Override
    public int getLoginTimeout() {
      return 0;
    }

    @Override
    public Logger getParentLogger() {
      return Logger.getGlobal();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
      throw new SQLException("nothing inside");
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
      return false;
    }
  }
}
