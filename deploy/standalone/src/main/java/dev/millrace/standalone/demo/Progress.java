package dev.millrace.standalone.demo;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Prints a line a second of what the pipeline did in it. Has a thread of its own. */
final class Progress implements AutoCloseable {
  private final PrintWriter out;
  private final Counters counters;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(task -> daemon(task));

  private Counters.Reading before;
  private long seconds;

  Progress(PrintWriter out, Counters counters) {
    this.out = out;
    this.counters = counters;
    this.before = counters.read();
  }

  private static Thread daemon(Runnable task) {
    var thread = new Thread(task, "demo-progress");
    thread.setDaemon(true);
    return thread;
  }

  void start() {
    var unused = timer.scheduleAtFixedRate(this::tick, 1, 1, TimeUnit.SECONDS);
  }

  private void tick() {
    seconds++;
    var now = counters.read();
    out.printf(
        Locale.ROOT,
        "%5s  published %,11d (%,9d/s)  folded %,11d (%,9d/s)  stored %,9d (%,8d/s)"
            + "  lag %,9d  anomalies %d%n",
        clock(Duration.ofSeconds(seconds)),
        now.published(),
        now.published() - before.published(),
        now.folded(),
        now.folded() - before.folded(),
        now.stored(),
        now.stored() - before.stored(),
        now.lag(),
        now.incidents());
    out.flush();
    before = now;
  }

  private static String clock(Duration time) {
    return "%d:%02d".formatted(time.toMinutes(), time.toSecondsPart());
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
