package dev.millrace.sink.maintain;

import dev.millrace.failure.MillraceException;
import dev.millrace.failure.Owner;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Maintenance again and again, in a thread of its own: a pass at once, then one every interval,
 * sooner after an outage. Nothing that fails in it ends it; {@link #problems} says what did.
 *
 * <p>{@link #stop} and {@link #problems} are for any thread.
 */
public final class MaintenanceLoop implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(MaintenanceLoop.class);
  private static final Duration AFTER_AN_OUTAGE = Duration.ofMinutes(1);

  private final Maintenance maintenance;
  private final Duration interval;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private volatile List<String> problems = List.of();

  public MaintenanceLoop(Maintenance maintenance, Duration interval) {
    this.maintenance = maintenance;
    this.interval = interval;
  }

  /** What the last pass could not do, a sentence each; empty while all is well. */
  public List<String> problems() {
    return problems;
  }

  /** Ends the loop after the step at hand. */
  public void stop() {
    maintenance.stop();
    stopping.countDown();
  }

  @Override
  public void run() {
    var pause = Duration.ZERO;
    try {
      while (!stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
        pause = turn();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** One pass; how long to wait for the next. */
  Duration turn() {
    try {
      var failures = maintenance.run().map(Report::failures).orElse(List.of());
      problems = failures.stream().map(MillraceException::getMessage).toList();
      var outage = failures.stream().anyMatch(MaintenanceLoop::isOutage);
      return outage ? soon() : interval;
    } catch (MillraceException failed) {
      LOG.warn("nothing is maintained: {}", failed.getMessage());
      problems = List.of(failed.getMessage());
      return isOutage(failed) ? soon() : interval;
    } catch (RuntimeException bug) {
      LOG.error("maintenance has failed: {}", bug.getMessage(), bug);
      problems = List.of("maintenance has failed: " + bug.getMessage());
      return interval;
    }
  }

  private static boolean isOutage(MillraceException failed) {
    return failed.code().owner() == Owner.OUTAGE;
  }

  private Duration soon() {
    return interval.compareTo(AFTER_AN_OUTAGE) < 0 ? interval : AFTER_AN_OUTAGE;
  }
}
