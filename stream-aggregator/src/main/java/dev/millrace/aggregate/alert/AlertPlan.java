package dev.millrace.aggregate.alert;

import dev.millrace.aggregate.codec.StateTexts;
import dev.millrace.aggregate.codec.StateWriter;
import dev.millrace.aggregate.output.JsonText;
import dev.millrace.schema.Alerting;
import dev.millrace.schema.Condition;
import dev.millrace.schema.Fill;
import dev.millrace.schema.Place;
import dev.millrace.schema.RecordType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/** What the records of one type raise. Compiled once a task; one thread. */
public final class AlertPlan {
  private static final String ELLIPSIS = "…";

  /** Of a rule without grades: it raises once. */
  private static final int ONLY = 0;

  private final RecordType into;
  private final String key;
  private final Alerting.Rule rule;
  private final List<Fill> first;
  private final List<Fill> again;

  /** Compiles the rule for records of a topic. */
  public AlertPlan(RecordType into, String topic) {
    var alerting = into.alerting().orElseThrow();
    this.into = into;
    this.key = alerting.key();
    this.rule = alerting.ruleOf(topic);
    this.first = rule.fills();
    this.again = new ArrayList<>(first);
    rule.grade().ifPresent(grade -> again.addAll(grade.again()));
  }

  /** Conditions of which a record must meet all of one list to raise anything. */
  public List<List<Condition>> wanted() {
    return List.of(rule.only());
  }

  /** The fields that are looked at. */
  public Set<String> fields() {
    var conditions = rule.only().stream().flatMap(condition -> condition.places().stream());
    var fills = again.stream().flatMap(Fill::places);
    var places = Stream.of(conditions, fills, rule.once().stream(), graded()).flatMap(all -> all);
    return places.map(Place::field).collect(Collectors.toCollection(HashSet::new));
  }

  private Stream<Place> graded() {
    return rule.grade().stream().map(Alerting.Grade::by);
  }

  /** Whether a record raises one, if it has not yet. */
  public boolean asks(GenericRecord cause) {
    return rule.only().stream().allMatch(condition -> condition.holds(cause));
  }

  /** How grave it is; more is graver. */
  public int grade(GenericRecord cause) {
    return rule.grade()
        .map(grade -> grade.mildToGrave().indexOf(grade.by().textIn(cause)))
        .orElse(ONLY);
  }

  /** Writes what names the thing that raises. */
  public void writeKey(GenericRecord cause, StateWriter out) {
    names(cause).forEach(name -> StateTexts.write(name, out));
  }

  private List<String> names(GenericRecord cause) {
    return rule.once().stream()
        .map(place -> Objects.requireNonNullElse(place.textIn(cause), ""))
        .toList();
  }

  /**
   * The record that is raised.
   *
   * @param isFirst whether this thing has raised none before
   */
  public GenericRecord raise(GenericRecord cause, boolean isFirst) {
    var record = new GenericData.Record(into.schema());
    for (var field : into.schema().getFields()) {
      if (field.hasDefaultValue()) {
        record.put(field.pos(), GenericData.get().getDefaultValue(field));
      }
    }
    (isFirst ? first : again).forEach(fill -> record.put(fill.target(), value(fill, cause)));
    record.put(key, id(cause).toString());
    return record;
  }

  /** The same for the same thing and grade, in every run. */
  private UUID id(GenericRecord cause) {
    var names = new ArrayList<>(List.of(rule.of().topic(), Integer.toString(grade(cause))));
    names.addAll(names(cause));
    return UUID.nameUUIDFromBytes(String.join("\n", names).getBytes(StandardCharsets.UTF_8));
  }

  private static Object value(Fill fill, GenericRecord cause) {
    if (fill instanceof Fill.Constant constant) {
      return constant.value();
    }
    if (fill instanceof Fill.Copy copy) {
      var meant = copy.only().stream().allMatch(condition -> condition.holds(cause));
      return meant ? copy.from().in(cause) : null;
    }
    if (fill instanceof Fill.Share share) {
      return share(share.from().in(cause));
    }
    if (fill instanceof Fill.Choice choice) {
      var text = Objects.requireNonNullElse(choice.by().textIn(cause), "");
      return choice.numbers().getOrDefault(text, choice.otherwise());
    }
    return fill instanceof Fill.Words words
        ? text(words, cause)
        : JsonText.of(cause, ((Fill.Json) fill).of());
  }

  private static Object share(Object value) {
    var number = value == null ? Double.NaN : ((Number) value).doubleValue();
    return number >= 0 && number <= 1 ? number : null;
  }

  private static String text(Fill.Words words, GenericRecord cause) {
    var known =
        words.first().stream()
            .map(place -> place.textIn(cause))
            .filter(text -> text != null && !text.isBlank())
            .findFirst();
    return cut(words.words() + known.orElse(words.otherwise()), words.most());
  }

  /** To so many characters as a database counts them: code points. */
  private static String cut(String text, int most) {
    return text.codePointCount(0, text.length()) <= most
        ? text
        : text.substring(0, text.offsetByCodePoints(0, most - ELLIPSIS.length())) + ELLIPSIS;
  }
}
