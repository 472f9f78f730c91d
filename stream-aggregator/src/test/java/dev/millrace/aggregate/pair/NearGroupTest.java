package dev.millrace.aggregate.pair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;
import dev.millrace.schema.Pairing;
import dev.millrace.schema.Pairing.Near;
import dev.millrace.schema.Pairing.Weight;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class NearGroupTest {
  private static final long SECOND = 1_000_000;
  private static final Pairing.Rule RULE =
      new Near("temporal", List.of(), Duration.ofSeconds(60), 3, new Weight(0.6, 0));

  private final List<Pair> pairs = new ArrayList<>();
  private Group group = Group.of(RULE);

  @Test
  void theNearerTwoAreTheStrongerTheirTie() {
    take(1, 0, "a", "x");
    take(2, 15, "b", "x");
    assertThat(shown()).containsExactly("1>2 at 15");
    assertThat(pairs.get(0).strength()).isCloseTo(0.75, within(1e-12));
    assertThat(pairs.get(0).confidence()).isEqualTo(0.6);
    take(3, 100, "c", "x");
    assertThat(pairs).as("more than a minute apart").hasSize(1);
  }

  @Test
  void theOneThatArrivesFirstNeedNotBeTheEarlier() {
    take(1, 30, "a", "x");
    take(2, 10, "b", "x");
    assertThat(shown()).containsExactly("2>1 at 30");
  }

  @Test
  void oneSideIsNotPairedWithItself() {
    take(1, 0, "a", "x");
    take(2, 1, "a", "y");
    assertThat(pairs).isEmpty();
  }

  /** 2,000 errors of two modules within a minute: one pair, not a million. */
  @Test
  void repetitionsMakeNoPairs() {
    for (var i = 0; i < 2_000; i++) {
      take(i, i / 40, i % 2 == 0 ? "a" : "b", "x");
    }
    assertThat(shown()).containsExactly("0>1 at 0");
    take(5_000, 50, "c", "x");
    assertThat(pairs.get(1).primary().id().getLeastSignificantBits())
        .as("the latest of an outbreak is the nearest")
        .isGreaterThan(1_950);
  }

  @Test
  void whatHappensAgainAfterAQuietTimeIsNew() {
    take(1, 0, "a", "x");
    take(2, 1, "b", "x");
    take(3, 70, "b", "x");
    take(4, 75, "a", "x");
    assertThat(shown()).containsExactly("1>2 at 1", "3>4 at 75");
  }

  @Test
  void theNearestAreTakenAndTheConfidenceIsSharedAmongAll() {
    for (var i = 0; i < 5; i++) {
      take(i, i * 5L, "side " + i, "x");
    }
    pairs.clear();
    take(9, 22, "other", "x");
    assertThat(shown()).containsExactly("4>9 at 22", "3>9 at 22", "2>9 at 22");
    assertThat(pairs.get(0).confidence()).isCloseTo(0.12, within(1e-12));
    assertThat(pairs.get(0).found()).containsEntry("candidates", 5);
  }

  @Test
  void whatIsPublishedAgainMakesNoPairAgainAfterARestoreEither() {
    take(1, 0, "a", "x");
    take(2, 10, "b", "x");
    take(1, 0, "a", "x");
    take(2, 10, "b", "x");
    group = restored();
    take(1, 0, "a", "x");
    take(2, 10, "b", "x");
    assertThat(pairs).hasSize(1);
    take(3, 20, "c", "x");
    assertThat(shown()).containsExactly("1>2 at 10", "2>3 at 20", "1>3 at 20");
  }

  @Test
  void anOldEventThatComesLateMakesNoPairWhereItsSortHasGoneOn() {
    take(1, 200, "a", "x");
    take(2, 90, "b", "x");
    take(3, 100, "a", "x");
    assertThat(pairs).isEmpty();
  }

  @Test
  void aGroupIsBoundedAndTheOldestGo() {
    for (var side = 0; side < 100; side++) {
      for (var sort = 0; sort < 100; sort++) {
        take(side * 100 + sort, side, "side " + side, "sort " + sort);
      }
    }
    var out = new StateWriter();
    group.encode(out);
    assertThat(out.length()).as("bytes").isLessThan(NearGroup.MOST * 60);
    pairs.clear();
    take(20_000, 100, "another", "x");
    assertThat(pairs.get(0).found()).containsEntry("candidates", NearGroup.MOST);
  }

  private Group restored() {
    var out = new StateWriter();
    group.encode(out);
    return Group.decode(new StateReader(out.toByteArray()));
  }

  private void take(int id, long second, String side, String sort) {
    var member =
        new Member(
            "temporal",
            "hub.events",
            new UUID(0, id),
            second * SECOND,
            "t",
            Optional.empty(),
            false,
            List.of(side),
            List.of(sort));
    group.take(member, RULE, 0, pairs::add);
  }

  private List<String> shown() {
    return pairs.stream()
        .map(
            pair ->
                "%d>%d at %d"
                    .formatted(
                        pair.primary().id().getLeastSignificantBits(),
                        pair.related().id().getLeastSignificantBits(),
                        pair.micros() / SECOND))
        .toList();
  }
}
