package dev.millrace.bench.rounds;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.ToIntFunction;

/** An order of acts, as if dealt from a deck that has each kind as often as it weighs. */
public final class Deck {

  private Deck() {}

  /** As many as asked; of many, each kind has its share. The same seed, the same order. */
  public static <T> List<T> deal(T[] kinds, ToIntFunction<T> weight, int rounds, Random random) {
    var deck =
        Arrays.stream(kinds)
            .flatMap(kind -> Collections.nCopies(weight.applyAsInt(kind), kind).stream())
            .toList();
    var dealt = new ArrayList<T>();
    while (dealt.size() < rounds) {
      var shuffled = new ArrayList<>(deck);
      Collections.shuffle(shuffled, random);
      dealt.addAll(shuffled);
    }
    return List.copyOf(dealt.subList(0, rounds));
  }
}
