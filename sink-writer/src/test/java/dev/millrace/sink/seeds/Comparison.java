package dev.millrace.sink.seeds;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the seeds have and the database has not, as lines that begin with {@code -}; the other way
 * about, with {@code +}. What a seed leaves open is not compared: the names of most constraints,
 * the types and columns of what it only draws or names. A relation that no seed has is one
 * difference.
 */
final class Comparison {
  private static final Set<String> OFTEN_NAMELESS =
      Set.of("primary key", "unique", "check", "foreign key");

  private final Set<String> untyped;
  private final Set<String> named;
  private final Set<String> relations;
  private final Set<String> withColumns;

  private Comparison(List<SeedFact> said) {
    untyped =
        said.stream()
            .filter(fact -> fact.definition().equals(SeedFact.UNTYPED))
            .map(Comparison::key)
            .collect(Collectors.toSet());
    named = said.stream().map(Comparison::key).collect(Collectors.toSet());
    relations = said.stream().map(SeedFact::relation).collect(Collectors.toSet());
    withColumns =
        said.stream()
            .filter(fact -> fact.kind().equals("column"))
            .map(SeedFact::relation)
            .collect(Collectors.toSet());
  }

  /**
   * @param said what the seeds say, in their words
   * @param theirs the same in the database's words
   * @param ours the database's facts
   */
  static Set<String> differences(
      List<SeedFact> said, Collection<SeedFact> theirs, Collection<SeedFact> ours) {
    var comparison = new Comparison(said);
    var left = theirs.stream().map(comparison::line).collect(Collectors.toSet());
    var right =
        ours.stream()
            .filter(comparison::isComparable)
            .map(comparison::line)
            .collect(Collectors.toSet());
    return Stream.concat(
            left.stream().filter(line -> !right.contains(line)).map(line -> "- " + line),
            right.stream().filter(line -> !left.contains(line)).map(line -> "+ " + line))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private boolean isComparable(SeedFact fact) {
    return switch (fact.kind()) {
      case "table", "function", "enum" -> true;
      case "column" -> withColumns.contains(fact.relation());
      default -> relations.contains(fact.relation());
    };
  }

  private String line(SeedFact fact) {
    if (untyped.contains(key(fact))) {
      return new SeedFact(fact.kind(), fact.relation(), fact.name(), SeedFact.UNTYPED).toString();
    }
    if (OFTEN_NAMELESS.contains(fact.kind()) && !named.contains(key(fact))) {
      return new SeedFact(fact.kind(), fact.relation(), "", fact.definition()).toString();
    }
    return fact.toString();
  }

  private static String key(SeedFact fact) {
    return fact.kind() + " " + fact.relation() + "." + fact.name();
  }
}
