package dev.millrace.bench.kill;

import dev.millrace.bench.rounds.Deck;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** What a round does to the sinks and the servers. */
enum Act {
  /** kill -9. */
  KILL(2),
  /** kill -9 while a COPY waits with its rows in. */
  KILL_IN_COPY(2),
  /** kill -9 between COPY and commit. */
  KILL_BEFORE_COMMIT(2),
  /** kill -9 when the commit is durable and its answer is not there yet. */
  KILL_AFTER_COMMIT(2),
  /** Every connection of the sinks is ended by the server. */
  END_CONNECTIONS(1),
  /** PostgreSQL is stopped and started. */
  RESTART_DATABASE(1),
  /** kill -9 of a backend: PostgreSQL drops all connections and recovers. */
  CRASH_DATABASE(1),
  /** Kafka is stopped and started. */
  RESTART_BROKER(1),
  /** One sink more or one less, between one and three. */
  SCALE(2),
  /** A sink is stopped beyond its session time-out, replaced, and resumed. */
  PAUSE(1);

  private final int weight;

  Act(int weight) {
    this.weight = weight;
  }

  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** An order of acts; of many rounds each kind has its share. The same seed, the same order. */
  static List<Act> rounds(int rounds, Random random) {
    return Deck.deal(values(), act -> act.weight, rounds, random);
  }
}
