package dev.millrace.producer.generator;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Decides what is injected when: what was planned by hand, and at random times one series at a
 * time. Keeps the labels of all that began.
 */
final class InjectionPlanner {
  private static final int SHORTEST_SECONDS = 15;
  private static final int LONGEST_SECONDS = 30;

  private final GeneratorConfig config;
  private final List<Series> series;
  private final SplittableRandom random;
  private final Deque<Injection> planned;
  private final List<Injection> begun = new ArrayList<>();
  private Instant next;

  InjectionPlanner(
      GeneratorConfig config,
      Instant start,
      List<Series> series,
      Collection<Injection> planned,
      SplittableRandom random) {
    this.config = config;
    this.series = series;
    this.random = random;
    this.planned =
        new ArrayDeque<>(planned.stream().sorted(Comparator.comparing(Injection::from)).toList());
    planned.forEach(this::find);
    this.next = after(start.plus(config.warmUp()));
  }

  List<Injection> begun() {
    return List.copyOf(begun);
  }

  /** Begins what is due at {@code tick}. */
  void tick(Instant tick) {
    while (!planned.isEmpty() && !planned.peek().from().isAfter(tick)) {
      var due = planned.remove();
      begun.add(find(due).begin(due));
    }
    if (next != null && !next.isAfter(tick)) {
      beginSomewhere(tick);
      next = after(tick);
    }
  }

  /** A series that had one lately is passed over; where all had, this one is left out. */
  private void beginSomewhere(Instant tick) {
    var quiet =
        series.stream().filter(one -> one.quietSince(tick.minus(config.separation()))).toList();
    if (!quiet.isEmpty()) {
      var chosen = quiet.get(random.nextInt(quiet.size()));
      var to = tick.plusSeconds(random.nextInt(SHORTEST_SECONDS, LONGEST_SECONDS + 1));
      var kind = random.nextBoolean() ? Injection.Kind.SPIKE : Injection.Kind.DROP;
      begun.add(chosen.begin(tick, to, kind, config.sigmas()));
    }
  }

  private Instant after(Instant time) {
    if (config.injectionGap().isZero()) {
      return null;
    }
    var gap = config.injectionGap().toMillis() * random.nextExponential();
    return time.plus(Duration.ofMillis((long) gap));
  }

  private Series find(Injection wanted) {
    return series.stream()
        .filter(one -> one.is(wanted))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no series for " + wanted));
  }
}
