package dev.millrace.bench.fold;

import dev.millrace.bench.rounds.Deck;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** What a round does to the aggregators and the broker. */
enum FoldAct {
  /** kill -9 at any moment. */
  KILL(4),
  /** kill -9 of all of them at once. */
  KILL_ALL(1),
  /** A process is stopped beyond its session time-out, and resumed when others have its work. */
  PAUSE(2),
  /** One process more or one less, between one and three. */
  SCALE(2),
  /** Kafka is stopped and started. */
  RESTART_BROKER(1);

  private final int weight;

  FoldAct(int weight) {
    this.weight = weight;
  }

  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** An order of acts; of many rounds each kind has its share. The same seed, the same order. */
  static List<FoldAct> rounds(int rounds, Random random) {
    return Deck.deal(values(), act -> act.weight, rounds, random);
  }
}
