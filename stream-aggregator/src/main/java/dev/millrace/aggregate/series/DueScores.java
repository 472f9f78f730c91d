package dev.millrace.aggregate.series;

import dev.millrace.aggregate.score.Moment;
import dev.millrace.aggregate.score.Timeline;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Scores the moments of the scopes of one store when they are due: those that incidents call for a
 * second after the first of them has come, so that a burst makes one score; the ends of hours after
 * ten, so that most of an hour's windows are there. A look around costs as much as waits. One
 * instance a task; times are milliseconds of the wall clock.
 */
final class DueScores<V> {
  static final Duration LOOK_AROUND = Duration.ofSeconds(1);

  /** Longer than the longest trend: a scope is forgotten when nothing is left to compare with. */
  static final Duration KEEP = Duration.ofDays(8);

  /** A clock may be wrong; a score of a day that has not come would have that day's for late. */
  static final Duration AHEAD = Duration.ofDays(1);

  private static final long BURST_MS = 1_000;
  private static final long HOUR_MS = 10_000;

  private final LiveStore<V> store;
  private final Function<V, Timeline> timelines;
  private final Score<V> score;
  private final Set<Entry<V>> waiting = new LinkedHashSet<>();
  private boolean restored;

  /** Scores one moment of a scope, and publishes it if it is not what it was. */
  interface Score<V> {
    void score(Entry<V> scope, Moment moment, long nowMs);
  }

  DueScores(LiveStore<V> store, Function<V, Timeline> timelines, Score<V> score) {
    this.store = store;
    this.timelines = timelines;
    this.score = score;
  }

  /** When a moment that is called for now is to be scored. */
  static long dueMs(long micros, long nowMs) {
    return nowMs + (Timeline.isHour(micros) ? HOUR_MS : BURST_MS);
  }

  /** When moments are to be scored that something matters to which comes now. */
  static long laterMs(long nowMs) {
    return nowMs + HOUR_MS;
  }

  /** A scope has changed; answers of which hours the details are needed no more. */
  List<Long> changed(Entry<V> scope, long nowMs) {
    var timeline = timelines.apply(scope.value());
    timeline.touch(nowMs);
    store.change(scope);
    if (timeline.hurry()) {
      publish(scope, nowMs);
    }
    if (timeline.waits()) {
      waiting.add(scope);
    }
    return timeline.settle(nowMs);
  }

  void lookAround(long nowMs) {
    if (!restored) {
      restored = true;
      takeUp();
    }
    waiting.removeIf(
        scope -> {
          if (!scope.removed()) {
            publish(scope, nowMs);
          }
          return scope.removed() || !timelines.apply(scope.value()).waits();
        });
  }

  /** Those that waited when the process that had the task ended. */
  private void takeUp() {
    store.entries().stream()
        .filter(scope -> timelines.apply(scope.value()).waits())
        .forEach(waiting::add);
  }

  private void publish(Entry<V> scope, long nowMs) {
    var timeline = timelines.apply(scope.value());
    for (var due = timeline.nextDue(nowMs); due.isPresent(); due = timeline.nextDue(nowMs)) {
      score.score(scope, due.get(), nowMs);
      store.change(scope);
    }
  }
}
