package dev.millrace.bench.fold;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
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
    var deck =
        Arrays.stream(values())
            .flatMap(act -> Collections.nCopies(act.weight, act).stream())
            .toList();
    var acts = new ArrayList<FoldAct>();
    while (acts.size() < rounds) {
      var shuffled = new ArrayList<>(deck);
      Collections.shuffle(shuffled, random);
      acts.addAll(shuffled);
    }
    return List.copyOf(acts.subList(0, rounds));
  }
}
