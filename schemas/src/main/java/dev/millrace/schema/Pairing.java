package dev.millrace.schema;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.avro.Schema;

/**
 * How records of a type are made of pairs of other records that belong together. A pair has the
 * event time of the later one, and an id that is the same for the same pair in every run: stored
 * again, it is left out.
 *
 * @param layout the fields that are filled
 * @param rules by what records belong together; each gives pairs of a type of its own
 */
public record Pairing(Layout layout, List<Rule> rules) {

  public Pairing {
    Objects.requireNonNull(layout);
    rules = List.copyOf(rules);
    var types = new HashSet<String>();
    rules.forEach(rule -> requireNew(types.add(rule.type()), rule.type()));
  }

  private static void requireNew(boolean added, String type) {
    if (!added) {
      throw new IllegalArgumentException("two rules make pairs of type '" + type + "'");
    }
  }

  /**
   * The fields of a pair.
   *
   * @param id its identity, a uuid
   * @param type which rule made it
   * @param primary id of the earlier one, a uuid
   * @param related id of the later one, a uuid
   * @param strength 0 to 1, a double
   * @param confidence 0 to 1, a double
   * @param owner whose it is: the first of the key's values
   * @param metadata how it was found, as JSON
   */
  public record Layout(
      String id,
      String type,
      String primary,
      String related,
      String strength,
      String confidence,
      String owner,
      String metadata) {

    Stream<String> fields() {
      return Stream.of(id, type, primary, related, strength, confidence, owner, metadata);
    }
  }

  /**
   * Records that take part in a rule.
   *
   * @param of their type; its event time says when they happened
   * @param id what names them, a uuid; without one, they do not take part
   * @param only those that meet all of these do
   * @param key only records with one key belong together
   */
  public record Party(RecordType of, String id, List<Condition> only, List<Place> key) {

    public Party {
      only = List.copyOf(only);
      key = List.copyOf(key);
      if (key.isEmpty()) {
        throw new IllegalArgumentException("records of " + of.topic() + " are paired by nothing");
      }
    }

    Party prefixed(String prefix) {
      return new Party(
          of.prefixed(prefix),
          id,
          only.stream().map(condition -> condition.prefixed(prefix)).toList(),
          key);
    }

    void require() {
      Fields.require(of.schema(), id);
      only.forEach(condition -> condition.requireIn(of.schema()));
      key.forEach(place -> place.requireIn(of.schema()));
    }
  }

  /** By what records belong together. */
  public sealed interface Rule {

    /** Type of its pairs, and its name. */
    String type();

    /** Records that are farther apart, in event time, do not belong together. */
    Duration within();

    Weight weight();

    /** Whose records they are. */
    List<RecordType> sources();

    Rule prefixed(String prefix);

    void require();
  }

  /**
   * How much a pair says. {@code strength = 1 - (1 - weakest) * distance / within}.
   *
   * @param confidence of a pair, where there was no other that could have been
   * @param weakest strength of two that are as far apart as may be
   */
  public record Weight(double confidence, double weakest) {

    public Weight {
      if (!(confidence >= 0 && confidence <= 1 && weakest >= 0 && weakest <= 1)) {
        throw new IllegalArgumentException(
            "confidence %s and weakest %s must be of 0 to 1".formatted(confidence, weakest));
      }
    }
  }

  /**
   * Records that bear one mark, which their publishers gave them: the first leads to each of the
   * others. And a record follows from its parent, where it names one: with strength and confidence
   * 1, whether the parent was seen or not.
   *
   * @param party who bears it
   * @param mark what they share; a record without one follows from its parent alone
   * @param parent the id of another record of the party
   * @param most pairs of one mark; what more records share it says little of any two
   */
  public record Marked(
      String type, Party party, Place mark, Place parent, Duration within, int most, Weight weight)
      implements Rule {

    @Override
    public List<RecordType> sources() {
      return List.of(party.of());
    }

    @Override
    public Rule prefixed(String prefix) {
      return new Marked(type, party.prefixed(prefix), mark, parent, within, most, weight);
    }

    @Override
    public void require() {
      party.require();
      mark.requireIn(party.of().schema());
      parent.requireIn(party.of().schema());
    }
  }

  /**
   * Records that happen close to each other, on different sides. A record of a sort that has
   * happened within the same time before is a repetition: it makes no pairs of its own. Of several
   * it could be paired with, the nearest are taken, and the confidence is shared among them all.
   *
   * @param sides who they are
   * @param most pairs a record makes when it comes
   */
  public record Near(String type, List<Side> sides, Duration within, int most, Weight weight)
      implements Rule {

    public Near {
      sides = List.copyOf(sides);
    }

    @Override
    public List<RecordType> sources() {
      return sides.stream().map(side -> side.party().of()).distinct().toList();
    }

    @Override
    public Rule prefixed(String prefix) {
      return new Near(
          type, sides.stream().map(side -> side.prefixed(prefix)).toList(), within, most, weight);
    }

    @Override
    public void require() {
      sides.forEach(Side::require);
    }
  }

  /**
   * One party of {@link Near}.
   *
   * @param by the party has a side for each value; empty: it is one
   * @param sort what tells its records from repetitions of each other
   */
  public record Side(Party party, List<Place> by, List<Place> sort) {

    public Side {
      by = List.copyOf(by);
      sort = List.copyOf(sort);
    }

    Side prefixed(String prefix) {
      return new Side(party.prefixed(prefix), by, sort);
    }

    void require() {
      party.require();
      by.forEach(place -> place.requireIn(party.of().schema()));
      sort.forEach(place -> place.requireIn(party.of().schema()));
    }
  }

  /** The types whose records are paired, each once. */
  public List<RecordType> sources() {
    return rules.stream().flatMap(rule -> rule.sources().stream()).distinct().toList();
  }

  Pairing prefixed(String prefix) {
    return new Pairing(layout, rules.stream().map(rule -> rule.prefixed(prefix)).toList());
  }

  void requireFieldsOf(Schema schema) {
    layout.fields().forEach(field -> Fields.require(schema, field));
    rules.forEach(Rule::require);
  }
}
