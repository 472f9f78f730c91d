package dev.millrace.aggregate.series;

/**
 * Notices series that have fallen silent, by the time since their latest sample arrived: first they
 * are closed, then they may be missing, much later they are forgotten; baselines too are forgotten.
 * One instance a task; times are milliseconds of the wall clock. A look around costs as much as
 * there is to be done, and once an hour one pass over the baselines.
 *
 * <p>While no process had the task, nothing could arrive: what was published meanwhile is still to
 * be read. So nothing is taken for silent before this instance itself has listened for the idle
 * time-out, and nothing is forgotten in its first hour. Nor is a series forgotten while its
 * coarsest window may yet take a sample: it would be published anew, as if for the first time.
 */
final class Silence {
  /** Forgets nothing before it has listened for so long. */
  private static final long LISTEN_MS = Sweep.EVERY_MS;

  /** What is done with series that are silent. */
  interface Listener {
    /** Publishes what is open of a series. */
    void close(Entry<SeriesState> entry);

    /** For how long it may be silent; {@link Long#MAX_VALUE} if for ever. */
    long patienceMs(Entry<SeriesState> entry);

    /** It should have reported by now. Asked again and again until it is forgotten. */
    void missing(Entry<SeriesState> entry);

    /** It is about to be forgotten. */
    void giveUp(Entry<SeriesState> entry);
  }

  private final LiveStore<SeriesState> series;
  private final Listener listener;
  private final DueQueue<SeriesState> queue = new DueQueue<>();
  private final long idleMs;
  private final long forgetMs;
  private final Sweep<ScopeGroup> sweep;
  private final long sinceMs;

  /**
   * Schedules every series that was restored.
   *
   * @param sinceMs when this task began, or began again, to hear
   * @param listener what is done with silent series
   */
  Silence(
      FoldSpec spec,
      LiveStore<SeriesState> series,
      LiveStore<ScopeGroup> baselines,
      long sinceMs,
      Listener listener) {
    this.series = series;
    this.sinceMs = sinceMs;
    this.listener = listener;
    this.idleMs = spec.timing().idle().toMillis();
    this.forgetMs = forgetMs(spec);
    this.sweep =
        new Sweep<>(
            baselines, spec.keep().forgetBaselines().toMillis(), ScopeGroup::learnedMs, sinceMs);
    series.entries().forEach(this::scheduleRestored);
  }

  private static long forgetMs(FoldSpec spec) {
    var open = spec.timing().idle().toMillis();
    var revisable = spec.cascade().longestMicros() / 1_000;
    return Math.max(Math.max(open, revisable), spec.keep().forgetSeries().toMillis());
  }

  private void scheduleRestored(Entry<SeriesState> entry) {
    var unread = entry.peek();
    var arrivalMs =
        unread == null ? entry.value().arrivalMs() : SeriesCodec.head(unread).arrivalMs();
    entry.neverDue();
    queue.schedule(entry, idleAt(arrivalMs));
  }

  private long idleAt(long arrivalMs) {
    return Math.max(arrivalMs, sinceMs) + idleMs;
  }

  private long forgetAt(long arrivalMs) {
    return Math.max(arrivalMs + forgetMs, sinceMs + LISTEN_MS);
  }

  /** A sample of the series has arrived. */
  void heard(Entry<SeriesState> entry, long nowMs) {
    queue.schedule(entry, nowMs + idleMs);
  }

  void lookAround(long nowMs) {
    for (var entry = queue.poll(nowMs); entry != null; entry = queue.poll(nowMs)) {
      look(entry, nowMs);
    }
    sweep.lookAround(nowMs);
  }

  private void look(Entry<SeriesState> entry, long nowMs) {
    var arrivalMs = entry.value().arrivalMs();
    if (nowMs < idleAt(arrivalMs)) {
      queue.schedule(entry, idleAt(arrivalMs));
      return;
    }
    if (!entry.value().quiet()) {
      listener.close(entry);
      series.change(entry);
    }
    if (nowMs >= forgetAt(arrivalMs)) {
      listener.giveUp(entry);
      series.remove(entry);
    } else {
      queue.schedule(entry, Math.min(forgetAt(arrivalMs), missingAt(entry, arrivalMs, nowMs)));
    }
  }

  /** When it is missing; never again once that has been said. */
  private long missingAt(Entry<SeriesState> entry, long arrivalMs, long nowMs) {
    if (entry.value().watch().hasOpenIncident()) {
      return Long.MAX_VALUE;
    }
    var patience = listener.patienceMs(entry);
    if (patience == Long.MAX_VALUE) {
      return Long.MAX_VALUE;
    }
    var at = Math.max(arrivalMs, sinceMs) + Math.max(patience, idleMs);
    if (nowMs < at) {
      return at;
    }
    listener.missing(entry);
    series.change(entry);
    return Long.MAX_VALUE;
  }
}
