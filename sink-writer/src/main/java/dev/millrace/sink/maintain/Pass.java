package dev.millrace.sink.maintain;

import dev.millrace.failure.MillraceException;
import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One pass: asks for each table what is due, and does it or counts it. First the tables with a
 * policy, then those whose rows expire: what keeps a row may have left by then. One thread, once.
 */
final class Pass {
  private static final Logger LOG = LoggerFactory.getLogger(Pass.class);

  private final Session session;
  private final Instant at;
  private final Limits limits;
  private final MaintenanceMetrics metrics;
  private final CountDownLatch stopping;
  private final List<Done> done = new ArrayList<>();
  private final List<MillraceException> failures = new ArrayList<>();
  private final Set<String> failed = new HashSet<>();
  private final Map<String, Long> waiting = new LinkedHashMap<>();

  Pass(
      Session session,
      Instant at,
      Limits limits,
      MaintenanceMetrics metrics,
      CountDownLatch stopping) {
    this.session = session;
    this.at = at;
    this.limits = limits;
    this.metrics = metrics;
    this.stopping = stopping;
  }

  /** What is due for a table. */
  @FunctionalInterface
  private interface Question {
    List<Task> due(Connection connection, String table, Instant at);
  }

  /** Does something for a task. */
  @FunctionalInterface
  private interface Answer {
    void to(Task task);
  }

  Report plan() {
    return over(this::count);
  }

  Report run() {
    return over(this::take);
  }

  private Report over(Answer answer) {
    var partitioned = session.run("reading the policies", MaintenanceSql::partitionedTables);
    var expiring = session.run("reading the rules of expiry", MaintenanceSql::expiringTables);
    partitioned.forEach(table -> maintain(table, MaintenanceSql::due, answer));
    expiring.forEach(table -> maintain(table, MaintenanceSql::expiryDue, answer));
    partitioned.stream().filter(table -> !failed.contains(table)).forEach(this::countWaiting);
    return new Report(at, done, failures, waiting);
  }

  private void maintain(String table, Question question, Answer answer) {
    guarded(
        table,
        () ->
            patiently(
                    "asking what is due for " + table,
                    connection -> question.due(connection, table, at))
                .forEach(task -> answerUnlessRefused(task, answer)));
  }

  /** A step that the database refuses, as long as somebody mends it, must not keep the others. */
  private void answerUnlessRefused(Task task, Answer answer) {
    try {
      answer.to(task);
    } catch (MillraceException failed) {
      if (failed.code() != MaintenanceFailure.STEP_REFUSED) {
        throw failed;
      }
      note(task.table(), failed);
    }
  }

  /**
   * Any other failure ends the work on its table, or on all if there is no database to go on with.
   */
  private void guarded(String table, Runnable work) {
    if (isStopped()) {
      return;
    }
    try {
      work.run();
    } catch (MillraceException failed) {
      note(table, failed);
      if (failed.code() == MaintenanceFailure.DATABASE_UNAVAILABLE) {
        throw failed;
      }
    }
  }

  private void note(String table, MillraceException failure) {
    LOG.warn("left for the next pass: {}", failure.getMessage());
    metrics.failed(table, failure.code().name());
    failed.add(table);
    failures.add(failure);
  }

  private void count(Task task) {
    done.add(
        new Done(
            task,
            patiently("counting", connection -> MaintenanceSql.rowsOf(connection, task, at))));
  }

  private void take(Task task) {
    var rows = 0L;
    var batch = takeOnce(task);
    if (batch.isEmpty()) {
      return; // Somebody else did it, or the policy has changed since.
    }
    while (batch.orElse(0) > 0) {
      rows += batch.getAsLong();
      batch = task.step().inBatches() && !isStopped() ? takeOnce(task) : OptionalLong.empty();
    }
    var taken = new Done(task, rows);
    done.add(taken);
    metrics.done(task.table(), task.step(), rows);
    LOG.info("{}", taken);
  }

  private OptionalLong takeOnce(Task task) {
    if (isStopped()) {
      return OptionalLong.empty();
    }
    return patiently(
        task.toString(),
        connection -> MaintenanceSql.take(connection, task, at, limits.batchRows()));
  }

  /** Others may hold a lock for long, or wait for one that this step holds. */
  private <T> T patiently(String what, Function<Connection, T> work) {
    for (var attempt = 1; ; attempt++) {
      try {
        return session.run(what, work);
      } catch (MillraceException failed) {
        if (failed.code() != MaintenanceFailure.TABLE_BUSY
            || attempt >= limits.attempts()
            || isStopped(limits.pause().toMillis() * attempt)) {
          throw failed;
        }
      }
    }
  }

  private void countWaiting(String table) {
    guarded(
        table,
        () -> {
          var rows =
              patiently(
                  "counting the default partition of " + table,
                  connection -> MaintenanceSql.waiting(connection, table));
          metrics.waiting(table, rows);
          if (rows > 0) {
            waiting.put(table, rows);
          }
        });
  }

  private boolean isStopped() {
    return stopping.getCount() == 0;
  }

  /** Waits, and says whether to stop. */
  private boolean isStopped(long afterMillis) {
    try {
      return stopping.await(afterMillis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
