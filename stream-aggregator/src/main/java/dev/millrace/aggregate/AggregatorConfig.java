package dev.millrace.aggregate;

import dev.millrace.aggregate.rules.RulesFile;
import dev.millrace.config.Key;
import dev.millrace.config.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How the aggregator runs.
 *
 * @param applicationId Kafka Streams application id; the catalogue's topic prefix is put before it
 * @param threads stream threads in this process
 * @param commitInterval time between commits: what others see comes that much later
 * @param stateDirectory where Kafka Streams keeps its lock; empty for its own default
 * @param standbyReplicas copies of the state that other processes keep warm
 * @param publishFrom windows that begin before are not published, nor judged
 * @param timing when windows close
 * @param detection what is normal, and what is not
 * @param rules what operators say of single metrics and times
 * @param groupGap incidents that begin within that of each other may belong together
 */
public record AggregatorConfig(
    String applicationId,
    int threads,
    Duration commitInterval,
    Optional<String> stateDirectory,
    int standbyReplicas,
    Optional<Instant> publishFrom,
    TimingConfig timing,
    DetectionConfig detection,
    RulesFile rules,
    Duration groupGap) {

  private static final Key APPLICATION_ID =
      new Key(
          "aggregator.application_id",
          "millrace-aggregator",
          "processes with one id share the work");
  private static final Key THREADS =
      new Key("aggregator.threads", "1", "stream threads in this process");
  private static final Key COMMIT_INTERVAL =
      new Key("aggregator.commit_interval_ms", "500", "time between commits");
  private static final Key STATE_DIRECTORY =
      new Key("aggregator.state_dir", null, "where Kafka Streams keeps its lock files");
  private static final Key STANDBY_REPLICAS =
      new Key("aggregator.standby_replicas", "0", "warm copies of the state");

  private static final Key PUBLISH_FROM =
      new Key(
          "aggregator.publish_from",
          null,
          "windows that begin before this time are not published: after a reset");

  private static final Key RULES_FILE =
      new Key(
          "aggregator.rules_file",
          null,
          "detection of single metrics, zones, calendars, maintenance; read again when it changes");

  private static final Key GROUP_GAP =
      new Key(
          "aggregator.group_gap_ms",
          "120000",
          "what begins within that at one site or device is one group of incidents");

  /** Every key of the aggregator. */
  public static final List<Key> KEYS =
      Stream.of(
              List.of(
                  APPLICATION_ID,
                  THREADS,
                  COMMIT_INTERVAL,
                  STATE_DIRECTORY,
                  STANDBY_REPLICAS,
                  PUBLISH_FROM,
                  RULES_FILE),
              TimingConfig.KEYS,
              DetectionConfig.KEYS,
              List.of(GROUP_GAP))
          .<Key>flatMap(List::stream)
          .toList();

  /** Reads the keys; problems are noted in {@code settings}. */
  public static AggregatorConfig from(Settings settings) {
    return new AggregatorConfig(
        settings.text(APPLICATION_ID),
        (int) settings.integer(THREADS, 1, 256),
        settings.millis(COMMIT_INTERVAL, Duration.ofMillis(10), Duration.ofMinutes(1)),
        settings.find(STATE_DIRECTORY),
        (int) settings.integer(STANDBY_REPLICAS, 0, 10),
        publishFrom(settings),
        TimingConfig.from(settings),
        DetectionConfig.from(settings),
        new RulesFile(settings, settings.find(RULES_FILE).map(Path::of)),
        settings.millis(GROUP_GAP, Duration.ofMillis(1), Duration.ofDays(1)));
  }

  /** {@link #publishFrom} in microseconds since the epoch; before all times if there is none. */
  public long publishFromMicros() {
    return publishFrom
        .map(from -> ChronoUnit.MICROS.between(Instant.EPOCH, from))
        .orElse(Long.MIN_VALUE);
  }

  private static Optional<Instant> publishFrom(Settings settings) {
    var given = settings.find(PUBLISH_FROM);
    try {
      return given.map(Instant::parse);
    } catch (DateTimeParseException unreadable) {
      settings.problem(
          PUBLISH_FROM,
          "is '%s'; it must be a time like 2026-01-31T00:00:00Z".formatted(given.get()));
      return Optional.empty();
    }
  }
}
