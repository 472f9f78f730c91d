package dev.millrace.producer;

import dev.millrace.config.Key;
import dev.millrace.config.Settings;
import dev.millrace.producer.validate.TimeBounds;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * How records are batched and how long anything may take. Kafka's own properties win over these
 * where both are given.
 *
 * @param linger how long a batch waits for more records
 * @param batchBytes size of a full batch, a partition
 * @param bufferBytes memory for unsent records
 * @param compression Kafka's name of the codec: lz4, zstd, snappy, gzip, none
 * @param openTimeout how long {@link Publisher#open} waits for the broker
 * @param maxBlock how long publish waits for a topic's metadata or for room in the buffer
 * @param deliveryTimeout after how long an unacknowledged record fails
 * @param timeBounds which event times are taken
 */
public record PublisherConfig(
    Duration linger,
    int batchBytes,
    long bufferBytes,
    String compression,
    Duration openTimeout,
    Duration maxBlock,
    Duration deliveryTimeout,
    TimeBounds timeBounds) {

  private static final Key LINGER =
      new Key("publisher.linger_ms", "10", "how long a batch waits for more records");
  private static final Key BATCH =
      new Key("publisher.batch_bytes", "262144", "size of a full batch, per partition");
  private static final Key BUFFER =
      new Key("publisher.buffer_bytes", "67108864", "memory for records that are not sent yet");
  private static final Key COMPRESSION =
      new Key("publisher.compression", "lz4", "lz4, zstd, snappy, gzip or none");
  private static final Key OPEN =
      new Key("publisher.open_timeout_ms", "8000", "how long opening waits for the broker");
  private static final Key BLOCK =
      new Key("publisher.max_block_ms", "8000", "how long publish waits for metadata or room");
  private static final Key DELIVERY =
      new Key("publisher.delivery_timeout_ms", "120000", "when an unacknowledged record fails");
  private static final Key AHEAD =
      new Key("publisher.max_ahead_ms", "300000", "how far ahead of now an event time may be");
  private static final Key AGE =
      new Key("publisher.max_age_ms", "0", "how old an event time may be; 0 is any age");

  public static final List<Key> KEYS =
      List.of(LINGER, BATCH, BUFFER, COMPRESSION, OPEN, BLOCK, DELIVERY, AHEAD, AGE);

  private static final List<String> CODECS = List.of("lz4", "zstd", "snappy", "gzip", "none");
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration CENTURY = Duration.ofDays(36_525);

  public PublisherConfig {
    Objects.requireNonNull(linger);
    Objects.requireNonNull(compression);
    Objects.requireNonNull(openTimeout);
    Objects.requireNonNull(maxBlock);
    Objects.requireNonNull(deliveryTimeout);
    Objects.requireNonNull(timeBounds);
  }

  /** Reads the keys; problems are noted in {@code settings}. */
  public static PublisherConfig from(Settings settings) {
    return new PublisherConfig(
        settings.millis(LINGER, Duration.ZERO, MINUTE),
        (int) settings.integer(BATCH, 1_024, 16 << 20),
        settings.integer(BUFFER, 1 << 20, 4L << 30),
        codec(settings),
        settings.millis(OPEN, Duration.ofMillis(100), HOUR),
        settings.millis(BLOCK, Duration.ZERO, HOUR),
        settings.millis(DELIVERY, Duration.ofSeconds(1), Duration.ofDays(1)),
        new TimeBounds(
            settings.millis(AHEAD, Duration.ZERO, CENTURY),
            settings.millis(AGE, Duration.ZERO, CENTURY)));
  }

  private static String codec(Settings settings) {
    var name = settings.text(COMPRESSION);
    if (!name.isEmpty() && !CODECS.contains(name)) {
      settings.problem(COMPRESSION, "is '%s'; it must be one of %s".formatted(name, CODECS));
      return COMPRESSION.defaultValue();
    }
    return name;
  }
}
