package dev.millrace.bench.report;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * One result of a suite: ours beside something else, one sample a round. Round by round the two are
 * measured next to each other, so that a neighbour on the machine slows both.
 *
 * @param name what was measured, as {@code --only} takes it
 * @param unit of both, e.g. {@code ms} or {@code rows/s}
 * @param ours a sample a round
 * @param other a sample a round, or a single one where it is fixed, such as a limit
 * @param otherName what ours is compared with
 * @param target what {@link #ratio} should be
 * @param details further figures, in the order they are shown; none is judged
 */
public record Comparison(
    String name,
    String unit,
    Samples ours,
    Samples other,
    String otherName,
    Target target,
    Map<String, Object> details) {

  public Comparison {
    Objects.requireNonNull(name);
    Objects.requireNonNull(unit);
    Objects.requireNonNull(otherName);
    Objects.requireNonNull(target);
    details = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(details));
    if (other.values().size() != 1 && other.values().size() != ours.values().size()) {
      throw new IllegalArgumentException(
          "%s has %d samples of ours and %d of %s"
              .formatted(name, ours.values().size(), other.values().size(), otherName));
    }
  }

  /** Ours against a fixed value that it should stay under: the ratio should be at most 1. */
  public static Comparison withLimit(
      String name, String unit, Samples ours, double limit, Map<String, Object> details) {
    return new Comparison(name, unit, ours, Samples.of(limit), "limit", Target.atMost(1), details);
  }

  /** The median of ours by the median of the other. */
  public double ratio() {
    return ours.median() / other.median();
  }

  /** The ratio of every round. */
  public Samples ratios() {
    return new Samples(
        IntStream.range(0, ours.values().size())
            .mapToObj(round -> ours.values().get(round) / otherIn(round))
            .toList());
  }

  public boolean met() {
    return target.met(ratio());
  }

  private double otherIn(int round) {
    var values = other.values();
    return values.get(values.size() == 1 ? 0 : round);
  }
}
