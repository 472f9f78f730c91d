package dev.millrace.sink.maintain;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import javax.sql.DataSource;

/**
 * Keeps the tables as {@code millrace.partition_policy} and {@code millrace.row_expiry} say:
 * partitions are made before rows need them, and rows leave when their time is over.
 *
 * <p>A pass takes one step a transaction, and waits for locks no longer than {@link Limits} says:
 * it never stands in the way of readers and writers for longer. A table it cannot get hold of is
 * left for the next pass. Of all processes on a database one maintains it at a time. A pass without
 * anything to do costs some queries a table.
 *
 * <p>{@link #run} and {@link #plan} are for one thread, {@link #stop} for any. It borrows one
 * connection of the pool while it runs.
 */
public final class Maintenance {
  private final DataSource pool;
  private final Clock clock;
  private final Limits limits;
  private final MaintenanceMetrics metrics;
  private final CountDownLatch stopping = new CountDownLatch(1);

  /**
   * Prepares maintenance; nothing is done yet.
   *
   * @param pool connections of the owner of the tables
   * @param clock what retention counts from
   */
  public Maintenance(DataSource pool, Clock clock, Limits limits, MaintenanceMetrics metrics) {
    this.pool = pool;
    this.clock = clock;
    this.limits = limits;
    this.metrics = metrics;
  }

  /** What {@link #run} would do now, in a transaction that can only read. */
  public Report plan() {
    try (var session = Session.reading(pool, limits.lockTimeout())) {
      return new Pass(session, now(), limits, metrics, stopping).plan();
    }
  }

  /**
   * One pass over all tables.
   *
   * @return nothing if another process maintains this database at the moment
   * @throws dev.millrace.failure.MillraceException if the database is away; a failure of one table
   *     is part of the report
   */
  public Optional<Report> run() {
    try (var session = Session.writing(pool, limits.lockTimeout())) {
      if (!session.lead()) {
        return Optional.empty();
      }
      var begin = System.nanoTime();
      var report = new Pass(session, now(), limits, metrics, stopping).run();
      metrics.passed(System.nanoTime() - begin);
      return Optional.of(report);
    }
  }

  /** Ends a pass after the step at hand, and every later one before its first. */
  public void stop() {
    stopping.countDown();
  }

  /** As the database keeps time. */
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
