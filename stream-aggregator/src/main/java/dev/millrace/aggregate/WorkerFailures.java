package dev.millrace.aggregate;

import dev.millrace.failure.MillraceException;
import dev.millrace.failure.Owner;
import dev.millrace.schema.RecordCatalog;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what follows when a stream thread dies. An outage is waited for: the thread is replaced,
 * after a pause that grows from a second to half a minute, and its task goes on from the last
 * commit. Anything else ends this client, with one line that says why; {@link Aggregator#check}
 * says it too. Called by the dying thread.
 */
final class WorkerFailures implements StreamsUncaughtExceptionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(WorkerFailures.class);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
  private static final String NO_PARTITIONS = "There are no partitions available for topic";

  private final RecordCatalog catalog;
  private final Duration firstPause;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final AtomicInteger outages = new AtomicInteger();
  private volatile String fatal;
  private volatile String waiting;

  WorkerFailures(RecordCatalog catalog, Duration firstPause) {
    this.catalog = catalog;
    this.firstPause = firstPause;
  }

  @Override
  public StreamThreadExceptionResponse handle(Throwable failure) {
    var reason = reason(failure);
    if (isOutage(failure)) {
      waiting = reason;
      LOG.warn("a worker stopped: {}; another takes its place", reason);
      return pause()
          ? StreamThreadExceptionResponse.REPLACE_THREAD
          : StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }
    ended(failure);
    return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
  }

  /** Ends it for good, and says why. */
  void ended(Throwable failure) {
    var reason = reason(failure);
    if (!reason.equals(fatal)) {
      fatal = reason;
      LOG.error("the aggregator stops: {}", reason, isKnown(failure) ? null : failure);
    }
  }

  /** Why it ended for good, if it did. */
  Optional<String> fatal() {
    return Optional.ofNullable(fatal);
  }

  /** What it last waited for. */
  Optional<String> waiting() {
    return Optional.ofNullable(waiting);
  }

  /** All is well: the next outage is waited for from the shortest pause on. */
  void recovered() {
    outages.set(0);
    waiting = null;
  }

  /** Ends every pause. */
  void close() {
    closing.countDown();
  }

  /** Waits; answers whether to go on. */
  private boolean pause() {
    var doublings = Math.min(outages.getAndIncrement(), 10);
    var pauseMs = Math.min(LONGEST_PAUSE.toMillis(), firstPause.toMillis() << doublings);
    try {
      return !closing.await(pauseMs, TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static boolean isOutage(Throwable failure) {
    var ours = ours(failure);
    if (ours.isPresent()) {
      return ours.get().code().owner() == Owner.OUTAGE;
    }
    return cause(failure, RetriableException.class).isPresent();
  }

  private String reason(Throwable failure) {
    if (isTopicMissing(failure)) {
      return "%s: not all of the topics %s exist; create them with `millrace topics --create`"
          .formatted(AggregatorFailure.TOPIC_MISSING, read());
    }
    return ours(failure)
        .map(known -> known.code().name() + ": " + known.getMessage())
        .orElseGet(() -> rootOf(failure).toString());
  }

  /** Every topic that is read. */
  private Set<String> read() {
    var topics = new TreeSet<String>();
    for (var type : catalog.folded().toList()) {
      topics.add(type.topic());
      type.enrichment().stream()
          .flatMap(added -> added.known().stream())
          .forEach(known -> topics.add(known.of().topic()));
    }
    catalog.types().forEach(type -> topics.addAll(type.computedFrom()));
    catalog.scored().forEach(type -> topics.addAll(ScoreTopology.topics(catalog, type)));
    return topics;
  }

  /** Whether its message says all: it needs no stack trace. */
  private static boolean isKnown(Throwable failure) {
    return ours(failure).isPresent() || isTopicMissing(failure);
  }

  private static boolean isTopicMissing(Throwable failure) {
    // A topic of entities is looked for by other code, which has no exception of its own for it.
    return cause(failure, MissingSourceTopicException.class).isPresent()
        || String.valueOf(failure.getMessage()).startsWith(NO_PARTITIONS);
  }

  private static Optional<MillraceException> ours(Throwable failure) {
    return cause(failure, MillraceException.class);
  }

  private static <T> Optional<T> cause(Throwable failure, Class<T> wanted) {
    for (var cause = failure; cause != null; cause = cause.getCause()) {
      if (wanted.isInstance(cause)) {
        return Optional.of(wanted.cast(cause));
      }
    }
    return Optional.empty();
  }

  private static Throwable rootOf(Throwable failure) {
    var root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }
}
