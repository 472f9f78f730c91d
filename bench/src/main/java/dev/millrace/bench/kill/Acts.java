package dev.millrace.bench.kill;

import dev.millrace.bench.site.Books;
import dev.millrace.bench.site.Gate;
import dev.millrace.bench.site.Gate.Place;
import dev.millrace.bench.site.Site;
import dev.millrace.bench.site.Waiting;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/** Does what a round asks for, and counts what was done. One thread. */
final class Acts {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int ANY_MOMENT_MILLIS = 500;

  private final Site site;
  private final Fleet fleet;
  private final Books books;
  private final Gate gate;
  private final Random random;
  private final Map<Act, Integer> counts = new EnumMap<>(Act.class);
  private int kills;

  Acts(Site site, Fleet fleet, Books books, Gate gate, Random random) {
    this.site = site;
    this.fleet = fleet;
    this.books = books;
    this.gate = gate;
    this.random = random;
  }

  /** How often each act was done: one that found nobody where it waited is a plain kill. */
  Map<Act, Integer> counts() {
    return Map.copyOf(counts);
  }

  /** Sinks killed with -9. */
  int kills() {
    return kills;
  }

  void perform(Act act) throws SQLException {
    var done =
        switch (act) {
          case KILL -> kill();
          case KILL_IN_COPY -> killAt(act, Place.IN_COPY);
          case KILL_BEFORE_COMMIT -> killAt(act, Place.BEFORE_COMMIT);
          case KILL_AFTER_COMMIT -> killAt(act, Place.AFTER_COMMIT);
          case END_CONNECTIONS -> {
            var unused = books.endConnections(fleet.names());
            yield act;
          }
          case RESTART_DATABASE -> {
            site.restartDatabase();
            yield act;
          }
          case CRASH_DATABASE -> {
            awaitSomebodyAtWork();
            site.crashDatabase(books.backend(fleet.names()).orElseThrow());
            yield act;
          }
          case RESTART_BROKER -> {
            site.restartBroker();
            yield act;
          }
          case SCALE -> scale();
          case PAUSE -> pause();
        };
    counts.merge(done, 1, Integer::sum);
  }

  private Act kill() {
    var victim = awaitSomebodyAtWork();
    LockSupport.parkNanos(random.nextInt(ANY_MOMENT_MILLIS) * 1_000_000L);
    kills++;
    fleet.replace(victim);
    return Act.KILL;
  }

  private Act killAt(Act act, Place place) throws SQLException {
    var held = gate.hold(place, fleet.names(), fleet::kill);
    if (held.isEmpty()) {
      return kill();
    }
    kills++;
    fleet.mend();
    return act;
  }

  private Act scale() {
    var more = fleet.size() == 1 || (fleet.size() < Fleet.MOST && random.nextInt(3) > 0);
    if (more) {
      fleet.add();
    } else {
      fleet.remove();
    }
    return Act.SCALE;
  }

  private Act pause() throws SQLException {
    if (fleet.size() == 1) {
      fleet.add();
    }
    var sink = fleet.find(awaitSomebodyAtWork());
    var claims = books.sum(Books.Sum.EPOCH);
    sink.pause();
    try {
      Waiting.until(
          "the partitions of a stopped sink to be claimed by another",
          PATIENCE,
          () -> books.sum(Books.Sum.EPOCH) > claims);
    } finally {
      sink.resume();
    }
    return Act.PAUSE;
  }

  private String awaitSomebodyAtWork() {
    var found = new AtomicReference<String>();
    Waiting.until(
        "a sink that is connected to the database",
        PATIENCE,
        () -> {
          fleet.mend();
          var working = new ArrayList<>(books.atWork(fleet.names()));
          if (!working.isEmpty()) {
            found.set(working.get(random.nextInt(working.size())));
          }
          return !working.isEmpty();
        });
    return found.get();
  }
}
