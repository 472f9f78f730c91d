package dev.millrace.aggregate.score;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;
import dev.millrace.schema.insight.Severity;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * The scores of an entity, or of many together, and how many incidents of each severity are open.
 * Tallies of parts merge to that of all, whatever the grouping. Some 500 bytes of heap and at most
 * 150 encoded. Not for use by several threads.
 */
public final class Tally {
  private final Blend overall;
  private final Blend[] components;
  private final Map<Severity, Integer> active;

  private Tally(Blend overall, Blend[] components, Map<Severity, Integer> active) {
    this.overall = overall;
    this.components = components;
    this.active = active;
  }

  /** Of nothing. */
  public Tally(int components) {
    this(
        new Blend(),
        Stream.generate(Blend::new).limit(components).toArray(Blend[]::new),
        new EnumMap<>(Severity.class));
  }

  void addOverall(double weight, double score) {
    overall.add(weight, score);
  }

  void addComponent(int component, double weight, double score) {
    components[component].add(weight, score);
  }

  void addActive(Severity severity, int count) {
    active.merge(severity, count, Integer::sum);
  }

  /** Adds all that another one was made of. */
  public void add(Tally other) {
    overall.add(other.overall);
    for (var i = 0; i < components.length; i++) {
      components[i].add(other.components[i]);
    }
    other.active.forEach(this::addActive);
  }

  /** The overall score, to two decimals; empty where nothing at all is known. */
  public OptionalDouble overall() {
    return rounded(overall);
  }

  /** The score of a component, to two decimals; empty where nothing is known of it. */
  public OptionalDouble component(int component) {
    return rounded(components[component]);
  }

  private static OptionalDouble rounded(Blend blend) {
    return blend.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(Math.round(blend.score() * 100) / 100.0);
  }

  /** How many incidents of a severity are open. */
  public int active(Severity severity) {
    return active.getOrDefault(severity, 0);
  }

  /** How many incidents are open. */
  public int active() {
    return active.values().stream().mapToInt(count -> count).sum();
  }

  public void encode(StateWriter out) {
    overall.encode(out);
    out.writeUnsigned(components.length);
    for (var component : components) {
      component.encode(out);
    }
    out.writeUnsigned(active.size());
    active.forEach(
        (severity, count) -> {
          Texts.write(severity.name(), out);
          out.writeUnsigned(count);
        });
  }

  public static Tally decode(StateReader in) {
    var overall = Blend.decode(in);
    var components = new Blend[in.readInt()];
    for (var i = 0; i < components.length; i++) {
      components[i] = Blend.decode(in);
    }
    var tally = new Tally(overall, components, new EnumMap<>(Severity.class));
    var severities = in.readInt();
    for (var i = 0; i < severities; i++) {
      tally.addActive(Severity.valueOf(Texts.read(in)), in.readInt());
    }
    return tally;
  }
}
