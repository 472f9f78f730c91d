package dev.millrace.aggregate.pair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;
import dev.millrace.schema.Pairing;
import dev.millrace.schema.Pairing.Marked;
import dev.millrace.schema.Pairing.Party;
import dev.millrace.schema.Pairing.Weight;
import dev.millrace.schema.Place;
import dev.millrace.schema.hub.HubRecords;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class MarkedGroupTest {
  private static final long SECOND = 1_000_000;
  private static final int MOST = 40;
  private static final Pairing.Rule RULE =
      new Marked(
          "causal",
          new Party(HubRecords.EVENTS, "id", List.of(), Place.all("tenant_id")),
          Place.of("correlation_id"),
          Place.of("parent_event_id"),
          Duration.ofSeconds(100),
          MOST,
          new Weight(0.9, 0.5));

  private final List<Pair> pairs = new ArrayList<>();
  private Group group = Group.of(RULE);

  @Test
  void theFirstLeadsToEachOfTheLaterOnes() {
    take(1, 0);
    take(2, 10);
    take(3, 100);
    assertThat(shown()).containsExactly("1>2 at 10", "1>3 at 100");
    var near = pairs.get(0);
    assertThat(near.strength()).isCloseTo(0.95, within(1e-12));
    assertThat(near.confidence()).isEqualTo(0.9);
    assertThat(near.lagMicros()).hasValue(10 * SECOND);
    assertThat(near.found()).containsEntry("by", "correlation_id");
    assertThat(pairs.get(1).strength()).isEqualTo(0.5);
  }

  @Test
  void ofManyThatComeInAnyOrderEachIsTiedToAnEarlierOneAndAllHangTogether() {
    var random = new Random(7);
    for (var round = 0; round < 200; round++) {
      group = Group.of(RULE);
      pairs.clear();
      var events = new ArrayList<Integer>();
      for (var i = 0; i < 12; i++) {
        events.add(random.nextInt(events.size() + 1), i);
      }
      events.forEach(event -> take(event, event / 2));
      assertThat(pairs).hasSize(11);
      var tied = new HashSet<UUID>();
      for (var pair : pairs) {
        assertThat(pair.primary().id()).isLessThan(pair.related().id());
        tied.add(pair.primary().id());
        tied.add(pair.related().id());
      }
      assertThat(tied).hasSize(12);
    }
  }

  @Test
  void anEventFollowsFromTheParentItNamesWhereverThatIs() {
    take(member(2, 5, Optional.of(9), false));
    assertThat(shown()).containsExactly("9>2 at 5");
    var pair = pairs.get(0);
    assertThat(pair.strength()).isEqualTo(1);
    assertThat(pair.confidence()).isEqualTo(1);
    assertThat(pair.lagMicros()).isEmpty();
    assertThat(pair.found()).containsEntry("by", "parent_event_id");
    take(member(3, 6, Optional.of(9), false));
    assertThat(shown()).as("brothers are not tied to each other").last().isEqualTo("9>3 at 6");
    assertThat(pairs).hasSize(2);
    take(member(4, 7, Optional.of(4), false));
    assertThat(pairs).as("its own parent").hasSize(2);
  }

  @Test
  void aParentThatIsAlsoTheFirstIsToldOnce() {
    take(1, 0);
    take(member(2, 5, Optional.of(1), true));
    assertThat(shown()).containsExactly("1>2 at 5");
    assertThat(pairs.get(0).lagMicros()).hasValue(5 * SECOND);

    group = Group.of(RULE);
    pairs.clear();
    take(member(2, 5, Optional.of(1), true));
    take(1, 0);
    take(member(3, 6, Optional.of(2), true));
    assertThat(shown()).containsExactly("1>2 at 5", "2>3 at 6", "1>3 at 6");
  }

  @Test
  void whatIsPublishedAgainMakesNoPairAgain() {
    take(1, 0);
    take(2, 10);
    take(1, 0);
    take(2, 10);
    group = restored();
    take(2, 10);
    take(1, 0);
    assertThat(pairs).hasSize(1);
  }

  @Test
  void theFirstIsNeverPairedWithItselfHoweverLateItComesAgain() {
    take(1, 0);
    for (var i = 2; i < 2 + SeenIds.MOST; i++) {
      take(i, i);
    }
    pairs.clear();
    take(1, 0);
    assertThat(pairs).isEmpty();
  }

  @Test
  void whatIsTooFarApartBeginsAnew() {
    take(1, 0);
    take(2, 101);
    assertThat(pairs).isEmpty();
    take(3, 102);
    take(4, 0);
    assertThat(shown())
        .as("and what comes too late is not tied to it")
        .containsExactly("2>3 at 102");
  }

  @Test
  void aMarkThatTiesTooManySaysNothingMore() {
    for (var i = 1; i <= MOST + 50; i++) {
      take(i, 1);
    }
    assertThat(pairs).hasSize(MOST);
    var out = new StateWriter();
    group.encode(out);
    assertThat(out.length()).as("bytes").isLessThan(400);
  }

  @Test
  void aRestoredGroupGoesOnAsItWas() {
    take(member(5, 50, Optional.of(4), true));
    group = restored();
    assertThat(group.forgetAtMs()).isEqualTo(1_000 + 200_000);
    take(4, 10);
    take(6, 60);
    assertThat(shown()).containsExactly("4>5 at 50", "4>6 at 60");
  }

  private Group restored() {
    var out = new StateWriter();
    group.encode(out);
    return Group.decode(new StateReader(out.toByteArray()));
  }

  private void take(int id, long second) {
    take(member(id, second, Optional.empty(), true));
  }

  private void take(Member member) {
    group.take(member, RULE, 1_000, pairs::add);
  }

  private static Member member(int id, long second, Optional<Integer> parent, boolean marked) {
    return new Member(
        "causal",
        "hub.events",
        new UUID(0, id),
        second * SECOND,
        "t",
        parent.map(number -> new UUID(0, number)),
        marked,
        List.of("0"),
        List.of());
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
