package dev.millrace.schema;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.apache.avro.Schema;

/**
 * How healthy entities, groups of them and all of them are, from 0 to 100. Entities are scored by
 * the windows of the last closed hour, by what is known of them right now and by their open
 * incidents; groups by their entities; all by the groups.
 *
 * @param scope the field that says what is scored
 * @param entities what has readings of its own
 * @param group what entities belong to
 * @param all the scope of everything together
 * @param hours the windows that are scored
 * @param state what says whether an entity is up right now, if anything does
 * @param components what the overall score is made of
 * @param burden what open incidents take from the overall score
 * @param results where the rest is written
 */
public record Scoring(
    String scope,
    List<Entity> entities,
    Group group,
    String all,
    Hours hours,
    Optional<State> state,
    List<Component> components,
    Burden burden,
    Results results) {

  public Scoring {
    Objects.requireNonNull(scope);
    entities = List.copyOf(entities);
    Objects.requireNonNull(group);
    Objects.requireNonNull(all);
    Objects.requireNonNull(hours);
    Objects.requireNonNull(state);
    components = List.copyOf(components);
    Objects.requireNonNull(burden);
    Objects.requireNonNull(results);
  }

  /**
   * One kind of what is scored by its own readings.
   *
   * @param scope as the record says it
   * @param name what names one
   * @param weight in its group, where a weight of 2 counts as two entities of weight 1
   * @param labels fields copied from readings and incidents, of the same name everywhere
   * @param incidents scopes of incidents that are its own
   * @param measures the metrics that are scored
   */
  public record Entity(
      String scope,
      Name name,
      double weight,
      List<String> labels,
      Set<String> incidents,
      List<Measured> measures) {

    public Entity {
      Objects.requireNonNull(scope);
      Objects.requireNonNull(name);
      labels = List.copyOf(labels);
      incidents = Set.copyOf(incidents);
      measures = List.copyOf(measures);
      if (!(weight > 0)) {
        throw new IllegalArgumentException("weight of " + scope + " must be above 0");
      }
    }
  }

  /**
   * What names an entity.
   *
   * @param field where the scored record has the name
   * @param separator between its parts
   * @param of the fields of readings and incidents it is made of; those of an incident may be
   *     dimensions of its series. Who lacks one is no such entity
   */
  public record Name(String field, String separator, List<String> of) {

    public Name {
      of = List.copyOf(of);
    }
  }

  /**
   * What entities belong to.
   *
   * @param scope as the record says it
   * @param field names the group, in readings, incidents and scored records; an entity without one
   *     counts among all, in no group
   */
  public record Group(String scope, String field) {}

  /**
   * The windows of an hour. A window that is published again takes the place of what it was.
   *
   * @param of their type; the key of its table tells them apart
   * @param metric the field that names the metric
   */
  public record Hours(RecordType of, String metric) {}

  /**
   * What says whether an entity is up right now.
   *
   * @param of the type of the readings
   * @param entity scope of the entities they are of
   * @param field the state; a null says nothing
   * @param up the symbol that is up
   * @param misses so many readings in a row that are not up make an entity down
   * @param holds what a reading says holds for so long, if no other follows
   * @param component the score that is 0 while the entity is down
   */
  public record State(
      RecordType of,
      String entity,
      String field,
      String up,
      int misses,
      Duration holds,
      String component) {}

  /**
   * One of the scores that the overall score is made of.
   *
   * @param field where it is written
   * @param weight in the overall score
   * @param ceiling the overall score is at most so many times this one, if it is known
   */
  public record Component(String field, double weight, OptionalDouble ceiling) {

    public Component {
      if (!(weight > 0)) {
        throw new IllegalArgumentException("weight of " + field + " must be above 0");
      }
    }

    /** One that counts by its weight. */
    public static Component of(String field, double weight) {
      return new Component(field, weight, OptionalDouble.empty());
    }

    /** One without which nothing is worth much. */
    public static Component vital(String field, double weight, double ceiling) {
      return new Component(field, weight, OptionalDouble.of(ceiling));
    }
  }

  /**
   * A metric that is scored.
   *
   * @param statistic the field of the window that is looked at
   * @param component field of the component it counts in
   * @param curve how healthy its values are
   */
  public record Measured(String metric, String statistic, String component, Curve curve) {}

  /**
   * What open incidents take away: {@code most * (1 - exp(-(sum of their burdens)))} of the score.
   *
   * @param bySeverity burden of one incident
   * @param most the share that all together take at most, 0 to 1
   */
  public record Burden(Map<String, Double> bySeverity, double most) {

    public Burden {
      bySeverity = Map.copyOf(bySeverity);
      if (most < 0 || most > 1) {
        throw new IllegalArgumentException("a share of 0 to 1, not " + most);
      }
    }
  }

  /**
   * Where scored records have what is no component.
   *
   * @param overall the overall score
   * @param trends how it has changed
   * @param active how many incidents are open
   * @param bySeverity how many of a severity are, by its name
   */
  public record Results(
      String overall, List<Trend> trends, String active, Map<String, String> bySeverity) {

    public Results {
      trends = List.copyOf(trends);
      bySeverity = Map.copyOf(bySeverity);
    }
  }

  /**
   * The overall score less what it was: the median of some hours, so that one odd hour makes no
   * trend. Null while most of them are not known.
   *
   * @param field where it is written
   * @param hours how far back
   * @param around so many hours before and after are looked at, too
   */
  public record Trend(String field, int hours, int around) {

    public Trend {
      if (around < 0 || hours <= around) {
        throw new IllegalArgumentException(
            field + " looks back " + hours + " hours, and not beyond " + around + " around them");
      }
    }
  }

  /** The topics that are read, beside that of incidents. */
  public List<RecordType> inputs() {
    return state.map(each -> List.of(hours.of(), each.of())).orElse(List.of(hours.of()));
  }

  Scoring prefixed(String prefix) {
    return new Scoring(
        scope,
        entities,
        group,
        all,
        new Hours(hours.of().prefixed(prefix), hours.metric()),
        state.map(
            each ->
                new State(
                    each.of().prefixed(prefix),
                    each.entity(),
                    each.field(),
                    each.up(),
                    each.misses(),
                    each.holds(),
                    each.component())),
        components,
        burden,
        results);
  }

  void requireFieldsOf(Schema schema) {
    new ScoringFields(this, schema).require();
  }
}
