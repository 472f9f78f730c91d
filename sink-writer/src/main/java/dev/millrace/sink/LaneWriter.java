package dev.millrace.sink;

import dev.millrace.failure.MillraceException;
import dev.millrace.failure.Owner;
import dev.millrace.sink.write.EncodedRows;
import dev.millrace.sink.write.WriteFailure;
import java.time.Clock;
import java.util.Collection;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a writer does with a lane in one turn: claim it, or store one batch. What a failure means is
 * decided here, by the owner of its code, and nowhere else:
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
 * <p>Safe for use by several writers, each with lanes and memory of its own. A lane that was closed
 * in the middle of its turn has lost its partition: what fails then concerns nobody.
 */
final class LaneWriter {
  private static final Logger LOG = LoggerFactory.getLogger(LaneWriter.class);

  private final SinkConfig config;
  private final BatchLimits limits;
  private final SinkMetrics metrics;
  private final Clock clock;
  private final Backoff backoff;
  private final Outage outage;
  private final TroubleLog troubles = new TroubleLog();
  private final AtomicReference<Throwable> end = new AtomicReference<>();

  LaneWriter(SinkConfig config, SinkMetrics metrics, Clock clock, Outage outage) {
    this.config = config;
    this.limits = BatchLimits.of(config);
    this.metrics = metrics;
    this.clock = clock;
    this.backoff = new Backoff(config.retryBackoff(), config.retryBackoffMax(), new Random());
    this.outage = outage;
  }

  /** What no retry mends, if a turn has met it. */
  Optional<Throwable> end() {
    return Optional.ofNullable(end.get());
  }

  /** Whether a turn with the lane begins now. */
  boolean begin(Lane lane) {
    return end.get() == null && lane.begin(clock.millis(), limits, outage);
  }

  /** Takes a turn with a lane that has begun one, and ends it. */
  void turn(Lane lane, EncodedRows rows) {
    try {
      // Since the turn was queued, another one may have found that the database is away.
      if (lane.isOpen() && end.get() == null && !outage.isOn(clock.millis())) {
        goOn(lane, rows);
      }
    } catch (MillraceException failed) {
      if (lane.isOpen()) {
        afterFailure(lane, failed);
      } else {
        LOG.info("{} is given back: {}", lane.partition(), failed.getMessage());
      }
    } catch (RuntimeException | Error broken) {
      end.compareAndSet(null, broken);
    } finally {
      giveBack(lane, lane.rest());
    }
  }

  private void goOn(Lane lane, EncodedRows rows) {
    var claim = lane.claim();
    if (claim.isEmpty()) {
      lane.claimed(lane.store().claim(lane.partition().partition()));
    } else {
      var batch = lane.nextBatch(limits);
      lane.stored(batch, lane.store().store(claim.get(), batch, rows));
    }
    outage.isOver();
  }

  private void afterFailure(Lane lane, MillraceException failed) {
    if (failed.code() == WriteFailure.FENCED) {
      lane.failed(failed, outage.passes());
      metrics.fenced(lane.partition().topic(), lane.partition().partition());
      return;
    }
    switch (failed.code().owner()) {
      case OUTAGE -> waitFor(lane, failed);
      case CONFIGURATION -> {
        stop(lane, failed);
        giveBack(lane, lane.giveUp());
      }
      case DATA, BUG -> end.compareAndSet(null, failed);
    }
  }

  private void waitFor(Lane lane, MillraceException failed) {
    var partition = lane.partition();
    var attempts = lane.failed(failed, outage.passes());
    // To a server whose column was widened, rows of the old width are a broken protocol (08P01).
    lane.store().forget();
    lane.waitUntil(clock.millis() + backoff.millis(attempts));
    metrics.retried(partition.topic(), partition.partition(), failed.code().name());
    troubles.failed(partition, failed, clock.millis());
    if (failed.code() == WriteFailure.DATABASE_UNAVAILABLE) {
      outage.lasts(clock.millis() + backoff.millis(1));
    }
  }

  private void stop(Lane lane, MillraceException failed) {
    var unused = lane.failed(failed, outage.passes());
    troubles.failed(lane.partition(), failed, clock.millis());
    lane.store().forget();
    lane.waitUntil(clock.millis() + config.stoppedRetry().toMillis());
  }

  /** For the poller, which has found that a lane's place is not in its topic. */
  void setAside(Lane lane, MillraceException failed) {
    if (stops(failed)) {
      stop(lane, failed);
    } else {
      waitFor(lane, failed);
    }
    giveBack(lane, lane.restart());
  }

  /** For the poller, about once a second: says in the log what lasts and what is over. */
  void review(Collection<Lane> lanes) {
    troubles.review(lanes, clock.millis());
  }

  /** Whether anything got through to the database after the lane has failed. */
  boolean othersGoOn(Lane lane) {
    return lane.passesAtFailure() < outage.passes();
  }

  /** Whether a failure stops a topic, and says nothing of the others. */
  static boolean stopsItsTopicAlone(MillraceException failed) {
    return stops(failed) && failed.code() != WriteFailure.LOGIN_REFUSED;
  }

  /** Whether a failure stops a lane until an operator has mended something. */
  static boolean stops(MillraceException failed) {
    return failed.code().owner() == Owner.CONFIGURATION;
  }

  private void giveBack(Lane lane, int records) {
    metrics.givenBack(lane.partition().topic(), lane.partition().partition(), records);
  }
}
