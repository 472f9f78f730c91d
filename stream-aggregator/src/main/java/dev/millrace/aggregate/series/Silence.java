package dev.millrace.aggregate.series;

import java.util.ArrayList;
import java.util.function.Consumer;

/**
 * Notices series that have fallen silent, by the time since their latest sample arrived: first they
 * are closed, much later forgotten; baselines too are forgotten. One instance a task; times are
 * milliseconds of the wall clock. A look around costs as much as there is to be done, and once an
 * hour one pass over the baselines.
 */
final class Silence {
  private static final long SWEEP_MS = 3_600_000;

  private final LiveStore<SeriesState> series;
  private final LiveStore<ScopeGroup> baselines;
  private final Consumer<Entry<SeriesState>> close;
  private final DueQueue<SeriesState> queue = new DueQueue<>();
  private final long idleMs;
  private final long forgetMs;
  private final long forgetBaselinesMs;
  private long sweptMs = Long.MIN_VALUE;

  /**
   * Schedules every series that was restored.
   *
   * @param close publishes what is open of a series
   */
  Silence(
      FoldSpec spec,
      LiveStore<SeriesState> series,
      LiveStore<ScopeGroup> baselines,
      Consumer<Entry<SeriesState>> close) {
    this.series = series;
    this.baselines = baselines;
    this.close = close;
    this.idleMs = spec.timing().idle().toMillis();
    this.forgetMs = Math.max(idleMs, spec.keep().forgetSeries().toMillis());
    this.forgetBaselinesMs = spec.keep().forgetBaselines().toMillis();
    series.entries().forEach(this::scheduleRestored);
  }

  private void scheduleRestored(Entry<SeriesState> entry) {
    var unread = entry.peek();
    var head =
        unread == null
            ? new SeriesCodec.Head(entry.value().quiet(), entry.value().arrivalMs())
            : SeriesCodec.head(unread);
    entry.dueMs(Long.MAX_VALUE);
    queue.schedule(entry, head.arrivalMs() + (head.quiet() ? forgetMs : idleMs));
  }

  /** A sample of the series has arrived. */
  void heard(Entry<SeriesState> entry, long nowMs) {
    queue.schedule(entry, nowMs + idleMs);
  }

  void lookAround(long nowMs) {
    for (var entry = queue.poll(nowMs); entry != null; entry = queue.poll(nowMs)) {
      look(entry, nowMs);
    }
    if (sweptMs == Long.MIN_VALUE || nowMs - sweptMs >= SWEEP_MS) {
      sweptMs = nowMs;
      sweep(nowMs);
    }
  }

  private void look(Entry<SeriesState> entry, long nowMs) {
    var silentMs = nowMs - entry.value().arrivalMs();
    if (silentMs < idleMs) {
      queue.schedule(entry, entry.value().arrivalMs() + idleMs);
      return;
    }
    if (!entry.value().quiet()) {
      close.accept(entry);
      series.change(entry);
    }
    if (silentMs >= forgetMs) {
      series.remove(entry);
    } else {
      queue.schedule(entry, entry.value().arrivalMs() + forgetMs);
    }
  }

  private void sweep(long nowMs) {
    var forgotten = new ArrayList<Entry<ScopeGroup>>();
    for (var entry : baselines.entries()) {
      if (nowMs - ScopeGroup.learnedMs(entry) >= forgetBaselinesMs) {
        forgotten.add(entry);
      }
    }
    forgotten.forEach(baselines::remove);
  }
}
