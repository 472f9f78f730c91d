package dev.millrace.aggregate;

import dev.millrace.failure.Health;
import dev.millrace.schema.RecordCatalog;
import dev.millrace.schema.insight.AnomalyEvent;
import dev.millrace.schema.insight.InsightRecords;
import dev.millrace.schema.wire.SchemaRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Raw topics to windows, baselines and anomalies: the {@link AggregationTopology} in Kafka Streams,
 * exactly once.
 *
 * <p>{@link #start} returns at once; the work is done by Kafka Streams' own threads. What they
 * publish is visible to readers of committed records after {@link AggregatorConfig#commitInterval}.
 * Under load it reads only as fast as it folds. Topics must exist before it starts. Safe for use by
 * several threads.
 */
public final class Aggregator implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Aggregator.class);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(30);

  private final String applicationId;
  private final WorkerFailures failures;
  private final RestoreProgress restore = new RestoreProgress();
  private final KafkaStreams streams;
  private Optional<KafkaStreamsMetrics> kafkaMetrics = Optional.empty();

  /**
   * Compiles the topology; connects to nothing yet.
   *
   * @param kafkaProperties {@code bootstrap.servers} and whatever else is for Kafka, passed through
   * @throws dev.millrace.failure.MillraceException if the catalogue cannot be folded as it says
   */
  public Aggregator(
      RecordCatalog catalog,
      AggregatorConfig config,
      SchemaRegistry registry,
      Map<String, String> kafkaProperties,
      AggregatorMetrics metrics) {
    applicationId = applicationId(catalog, config);
    failures = new WorkerFailures(catalog, FIRST_PAUSE);
    var topology = new AggregationTopology(catalog, config, registry, metrics).get();
    streams = streams(topology, config, kafkaProperties);
  }

  /** The same, counting nothing. */
  public Aggregator(
      RecordCatalog catalog,
      AggregatorConfig config,
      SchemaRegistry registry,
      Map<String, String> kafkaProperties) {
    this(catalog, config, registry, kafkaProperties, AggregatorMetrics.NONE);
  }

  private KafkaStreams streams(
      Topology topology, AggregatorConfig config, Map<String, String> kafkaProperties) {
    var made =
        new KafkaStreams(topology, StreamsSettings.of(applicationId, config, kafkaProperties));
    made.setUncaughtExceptionHandler(failures);
    made.setGlobalStateRestoreListener(restore);
    made.setStateListener(
        (now, before) -> {
          LOG.debug("{} is {}, was {}", applicationId, now, before);
          if (now == KafkaStreams.State.RUNNING) {
            failures.recovered();
          }
        });
    return made;
  }

  static String applicationId(RecordCatalog catalog, AggregatorConfig config) {
    return prefix(catalog) + config.applicationId();
  }

  /** What the topics of this catalogue begin with. */
  private static String prefix(RecordCatalog catalog) {
    var anomalies = AggregationTopology.insight(catalog, AnomalyEvent.getClassSchema()).topic();
    var plain = InsightRecords.ANOMALIES.topic();
    return anomalies.endsWith(plain)
        ? anomalies.substring(0, anomalies.length() - plain.length())
        : "";
  }

  /**
   * Shows how much is still to be restored, and has Kafka Streams show its own metrics as {@code
   * kafka.*}. To be called once.
   */
  public void countIn(MeterRegistry registry) {
    registry.gauge("millrace.aggregator.restore.remaining", restore, RestoreProgress::remaining);
    kafkaMetrics = Optional.of(new KafkaStreamsMetrics(streams));
    kafkaMetrics.get().bindTo(registry);
  }

  /** Begins to read. To be called once. What keeps it from beginning, {@link #check} says. */
  public void start() {
    try {
      streams.start();
    } catch (StreamsException failed) {
      failures.ended(failed);
    }
  }

  /** Application id, and so name of the consumer group: the topic prefix and the configured id. */
  public String applicationId() {
    return applicationId;
  }

  /** How the aggregator is; never blocks. */
  public Health check() {
    var fatal = failures.fatal();
    if (fatal.isPresent()) {
      return new Health(Health.State.FAILED, List.of(fatal.get()));
    }
    return switch (streams.state()) {
      case RUNNING -> new Health(Health.State.RUNNING, List.of());
      case CREATED, NOT_RUNNING, PENDING_SHUTDOWN -> new Health(Health.State.STOPPED, List.of());
      case REBALANCING ->
          new Health(
              Health.State.WAITING,
              Stream.concat(failures.waiting().stream(), restore.words().stream()).toList());
      case ERROR, PENDING_ERROR ->
          new Health(
              Health.State.FAILED,
              List.of(AggregatorFailure.WORKERS_DEAD + ": no worker runs; see the log, restart"));
    };
  }

  /** The state of Kafka Streams. */
  public KafkaStreams.State state() {
    return streams.state();
  }

  /** Commits, gives the partitions back and stops; waits for that for half a minute at most. */
  @Override
  public void close() {
    failures.close();
    kafkaMetrics.ifPresent(KafkaStreamsMetrics::close);
    var options =
        CloseOptions.groupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP)
            .withTimeout(CLOSE_TIMEOUT);
    if (!streams.close(options)) {
      LOG.warn(
          "{} has not stopped within {}; what was not committed is done again at the next start",
          applicationId,
          CLOSE_TIMEOUT);
    }
  }

  @Override
  public String toString() {
    return "Aggregator(%s, %s)".formatted(applicationId, check().state());
  }
}
