package dev.millrace.sink;

import dev.millrace.config.Key;
import dev.millrace.config.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How the sink reads and writes. Kafka's own settings are not here; they are passed through.
 *
 * @param group consumer group, and the name the progress is kept under
 * @param instance static member id, for restarts without a rebalance; one a process
 * @param batchRows most rows in a transaction
 * @param batchBytes most bytes of records in a transaction; a single larger record is a batch of
 *     its own
 * @param batchAge how long the oldest record of a batch waits for others
 * @param bufferBytes most bytes of records that are read and not yet stored, of all partitions
 * @param writers most batches that are written at a time, on a connection each
 * @param pollTimeout how long a poll waits for records, and so the pause between retries at least
 * @param maxPollInterval longest time between two polls before Kafka gives the partitions away
 * @param retryBackoff first pause after an outage; doubled with each attempt
 * @param retryBackoffMax longest pause
 * @param stoppedRetry how often a topic stopped by a configuration failure is looked at again
 * @param deadLetterTimeout how long a dead letter may take to be acknowledged
 * @param closeTimeout how long a graceful stop may take
 * @param maintainInterval time between two passes of maintenance; zero where the sink does none
 */
public record SinkConfig(
    String group,
    Optional<String> instance,
    int batchRows,
    int batchBytes,
    Duration batchAge,
    long bufferBytes,
    int writers,
    Duration pollTimeout,
    Duration maxPollInterval,
    Duration retryBackoff,
    Duration retryBackoffMax,
    Duration stoppedRetry,
    Duration deadLetterTimeout,
    Duration closeTimeout,
    Duration maintainInterval) {

  static final Key GROUP =
      new Key("sink.group_id", "millrace-sink", "consumer group and name of the progress");
  static final Key INSTANCE =
      new Key("sink.group_instance_id", "", "static member id, one a process; empty for none");
  static final Key BATCH_ROWS = new Key("sink.batch_rows", "10000", "most rows in a transaction");
  static final Key BATCH_BYTES =
      new Key("sink.batch_bytes", "8388608", "most bytes of records in a transaction");
  static final Key BATCH_AGE =
      new Key("sink.batch_age_ms", "50", "how long a record waits for others to fill its batch");
  static final Key BUFFER_BYTES =
      new Key("sink.buffer_bytes", "67108864", "most bytes of records read and not yet stored");
  static final Key WRITERS =
      new Key("sink.writers", "2", "most batches written at a time, a connection each");
  static final Key POLL_TIMEOUT =
      new Key("sink.poll_timeout_ms", "100", "how long a poll waits for records");
  static final Key MAX_POLL_INTERVAL =
      new Key(
          "sink.max_poll_interval_ms", "300000", "longest time between polls before a rebalance");
  static final Key RETRY_BACKOFF =
      new Key("sink.retry_backoff_ms", "250", "first pause after an outage");
  static final Key RETRY_BACKOFF_MAX =
      new Key("sink.retry_backoff_max_ms", "2000", "longest pause in an outage");
  static final Key STOPPED_RETRY =
      new Key("sink.stopped_retry_ms", "30000", "how often a stopped topic is looked at again");
  static final Key DEAD_LETTER_TIMEOUT =
      new Key("sink.dead_letter_timeout_ms", "20000", "how long a dead letter may take");
  static final Key CLOSE_TIMEOUT =
      new Key("sink.close_timeout_ms", "8000", "how long a graceful stop may take");

  static final Key MAINTAIN_INTERVAL =
      new Key(
          "sink.maintain_interval_ms",
          "600000",
          "time between passes of maintenance; 0 leaves that to `maintain`");

  /** Every key. */
  public static final List<Key> KEYS =
      List.of(
          GROUP,
          INSTANCE,
          BATCH_ROWS,
          BATCH_BYTES,
          BATCH_AGE,
          BUFFER_BYTES,
          WRITERS,
          POLL_TIMEOUT,
          MAX_POLL_INTERVAL,
          RETRY_BACKOFF,
          RETRY_BACKOFF_MAX,
          STOPPED_RETRY,
          DEAD_LETTER_TIMEOUT,
          CLOSE_TIMEOUT,
          MAINTAIN_INTERVAL);

  private static final Duration MILLI = Duration.ofMillis(1);
  private static final int MOST_BYTES = 512 << 20;
  private static final long MOST_BUFFER_BYTES = 64L << 30;

  public SinkConfig {
    Objects.requireNonNull(group);
    Objects.requireNonNull(instance);
  }

  /** Reads the keys; problems are noted in {@code settings}. */
  public static SinkConfig from(Settings settings) {
    var config =
        new SinkConfig(
            settings.text(GROUP),
            settings.find(INSTANCE).filter(id -> !id.isBlank()),
            (int) settings.integer(BATCH_ROWS, 1, 1_000_000),
            (int) settings.integer(BATCH_BYTES, 1_024, MOST_BYTES),
            settings.millis(BATCH_AGE, Duration.ZERO, Duration.ofMinutes(1)),
            settings.integer(BUFFER_BYTES, 1_024, MOST_BUFFER_BYTES),
            (int) settings.integer(WRITERS, 1, 100),
            settings.millis(POLL_TIMEOUT, MILLI, Duration.ofSeconds(5)),
            settings.millis(MAX_POLL_INTERVAL, Duration.ofSeconds(1), Duration.ofHours(1)),
            settings.millis(RETRY_BACKOFF, MILLI, Duration.ofMinutes(1)),
            settings.millis(RETRY_BACKOFF_MAX, MILLI, Duration.ofMinutes(10)),
            settings.millis(STOPPED_RETRY, MILLI, Duration.ofHours(1)),
            settings.millis(DEAD_LETTER_TIMEOUT, Duration.ofSeconds(1), Duration.ofSeconds(50)),
            settings.millis(CLOSE_TIMEOUT, MILLI, Duration.ofMinutes(1)),
            settings.millis(MAINTAIN_INTERVAL, Duration.ZERO, Duration.ofDays(1)));
    if (config.retryBackoffMax.compareTo(config.retryBackoff) < 0) {
      settings.problem(RETRY_BACKOFF_MAX, "is less than " + RETRY_BACKOFF.name());
    }
    return config;
  }

  /**
   * Notes a problem in {@code settings} if the pool has fewer connections than there are writers.
   */
  public void requireConnections(Settings settings, DatabaseConfig database) {
    if (writers > database.poolSize()) {
      settings.problem(
          WRITERS,
          "is %d, and %s only %d; each writer needs a connection"
              .formatted(writers, DatabaseConfig.POOL_SIZE.name(), database.poolSize()));
    }
  }
}
