package dev.millrace.schema;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.avro.Schema;

/**
 * How records of a type are raised by records of others: one by each that asks for it, however
 * often it is published. Others may publish the type, too.
 *
 * @param key the field that names what is raised, an optional uuid: the same in every run, so that
 *     what is stored once is left out the next time. Null in what others publish without one
 * @param rules what raises it, one a type
 */
public record Alerting(String key, List<Rule> rules) {

  public Alerting {
    Objects.requireNonNull(key);
    rules = List.copyOf(rules);
    var types = new HashSet<String>();
    for (var rule : rules) {
      if (!types.add(rule.of().topic())) {
        throw new IllegalArgumentException("two rules for " + rule.of().topic());
      }
    }
  }

  /**
   * What records of a type raise.
   *
   * @param only those that meet all of these do
   * @param once what names the thing that raises: it does so once
   * @param grade by what it does so again, if ever
   * @param fills the fields of what is raised
   */
  public record Rule(
      RecordType of,
      List<Condition> only,
      List<Place> once,
      Optional<Grade> grade,
      List<Fill> fills) {

    public Rule {
      only = List.copyOf(only);
      once = List.copyOf(once);
      Objects.requireNonNull(grade);
      fills = List.copyOf(fills);
    }

    private Rule prefixed(String prefix) {
      return new Rule(
          of.prefixed(prefix),
          only.stream().map(condition -> condition.prefixed(prefix)).toList(),
          once,
          grade,
          fills);
    }

    private void require(String key, Schema into) {
      var from = of.schema();
      only.forEach(condition -> condition.requireIn(from));
      once.forEach(place -> place.requireIn(from));
      grade.ifPresent(graded -> graded.by().requireIn(from));
      var filled = new HashSet<String>();
      filled.add(key);
      fills.forEach(fill -> filled.add(fill.target()));
      var all = new HashSet<>(fills);
      grade.ifPresent(graded -> all.addAll(graded.again()));
      all.forEach(fill -> fill.require(from, into));
      for (var field : into.getFields()) {
        if (!field.hasDefaultValue() && !filled.contains(field.name())) {
          throw new IllegalArgumentException(
              "nothing of %s fills '%s' of %s"
                  .formatted(of.topic(), field.name(), into.getFullName()));
        }
      }
    }
  }

  /**
   * What raises is graver than it was: it raises again.
   *
   * @param by its grade
   * @param mildToGrave the grades; any other is milder than all
   * @param again what is filled beyond the rule's own, and in place of it, the second time and
   *     later
   */
  public record Grade(Place by, List<String> mildToGrave, List<Fill> again) {

    public Grade {
      mildToGrave = List.copyOf(mildToGrave);
      again = List.copyOf(again);
    }
  }

  /** The types that raise, each once. */
  public List<RecordType> sources() {
    return rules.stream().map(Rule::of).toList();
  }

  /** The rule for records of a topic. */
  public Rule ruleOf(String topic) {
    return rules.stream()
        .filter(rule -> rule.of().topic().equals(topic))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no rule for " + topic));
  }

  Alerting prefixed(String prefix) {
    return new Alerting(key, rules.stream().map(rule -> rule.prefixed(prefix)).toList());
  }

  void requireFieldsOf(Schema schema) {
    Fields.require(schema, key);
    rules.forEach(rule -> rule.require(key, schema));
  }
}
