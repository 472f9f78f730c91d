package dev.millrace.bench.fold;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a kill test of the aggregator did and found.
 *
 * @param seed what the order of its acts follows from
 * @param acts how many of each kind
 * @param kills processes killed with -9
 * @param samples published
 * @param windows there should be, of all tiers
 * @param missing of these, not published
 * @param wrong published, and not what the samples give
 * @param unwanted published, of which no sample was
 * @param outOfOrder whose revisions were doubled, lost or swapped
 * @param revised revisions after the first
 * @param seconds it took
 */
record FoldKillReport(
    long seed,
    int rounds,
    Map<FoldAct, Integer> acts,
    int kills,
    long samples,
    long windows,
    long missing,
    long wrong,
    long unwanted,
    long outOfOrder,
    long revised,
    long seconds) {

  FoldKillReport {
    acts = new TreeMap<>(acts);
  }

  /** Whether every window is what its samples give, once. */
  @JsonProperty("passed")
  boolean passed() {
    return windows > 0 && missing + wrong + unwanted + outOfOrder == 0;
  }

  @JsonIgnore
  @Override
  public String toString() {
    return ("%s: %d rounds (%s), %d processes killed, %,d samples, %,d windows and %,d revisions: "
            + "%d missing, %d wrong, %d unwanted, %d out of order; seed %d, %d s")
        .formatted(
            passed() ? "PASS" : "FAIL",
            rounds,
            acts.entrySet().stream()
                .map(act -> act.getKey().label() + " " + act.getValue())
                .collect(Collectors.joining(", ")),
            kills,
            samples,
            windows,
            revised,
            missing,
            wrong,
            unwanted,
            outOfOrder,
            seed,
            seconds);
  }
}
