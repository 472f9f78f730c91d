package dev.millrace.schema;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.avro.Schema;

/**
 * What of many series, or of what became of them, the records of a type are computed from. The
 * records of residuals, incidents and feedback have the fields of those of {@code insight}; what is
 * named here is what a domain calls its own. Immutable.
 */
public sealed interface Insight {

  /** The types that are read. */
  List<RecordType> inputs();

  /** The same, of topics that begin with {@code prefix}. */
  Insight prefixed(String prefix);

  void requireFieldsOf(Schema schema);

  /**
   * Which series deviate together: within a member (a device), and by metric between the members of
   * a group (the devices of a site).
   *
   * @param residuals how far series deviate; those without a member are left out
   * @param member the field of a residual that names the member; its residuals are in one partition
   * @param memberScope what a metric over all series of a member belongs to
   * @param group the field that names the group
   * @param a the fields of the first of two series
   * @param b those of the second
   * @param maxOfMember how many series of a member are compared
   * @param maxOfGroup how many metrics of the members of a group
   */
  record Correlations(
      RecordType residuals,
      String member,
      String memberScope,
      String group,
      Side a,
      Side b,
      int maxOfMember,
      int maxOfGroup)
      implements Insight {

    public Correlations {
      Objects.requireNonNull(memberScope);
      Fields.require(residuals.schema(), member, group);
    }

    @Override
    public List<RecordType> inputs() {
      return List.of(residuals);
    }

    @Override
    public Insight prefixed(String prefix) {
      return new Correlations(
          residuals.prefixed(prefix), member, memberScope, group, a, b, maxOfMember, maxOfGroup);
    }

    @Override
    public void requireFieldsOf(Schema schema) {
      Stream.of(a, b)
          .forEach(s -> Fields.require(schema, s.metric(), s.scope(), s.member(), s.part()));
    }
  }

  /**
   * The fields that say which series is meant.
   *
   * @param metric its metric
   * @param scope what it belongs to
   * @param member whose it is
   * @param part what of the member it is of
   */
  record Side(String metric, String scope, String member, String part) {}

  /**
   * What a model may be trained on: by entity and hour, how its metrics deviated, and which
   * incidents it had; and what people found of those, when they have.
   *
   * @param residuals how far series deviate
   * @param incidents what the model detected
   * @param feedback what people found of it
   * @param model its name
   * @param identity fields of a residual that say whose it is, and are copied
   * @param member that of them that says that the entity is a member
   * @param memberScope what is then said to be its scope; else, that of the series is
   */
  record Snapshots(
      RecordType residuals,
      RecordType incidents,
      RecordType feedback,
      String model,
      List<String> identity,
      String member,
      String memberScope)
      implements Insight {

    public Snapshots {
      Objects.requireNonNull(model);
      Objects.requireNonNull(memberScope);
      identity = List.copyOf(identity);
      identity.forEach(field -> Fields.require(residuals.schema(), field));
      if (!identity.contains(member)) {
        throw new IllegalArgumentException(member + " is not of the identity " + identity);
      }
    }

    @Override
    public List<RecordType> inputs() {
      return List.of(residuals, incidents, feedback);
    }

    @Override
    public Insight prefixed(String prefix) {
      return new Snapshots(
          residuals.prefixed(prefix),
          incidents.prefixed(prefix),
          feedback.prefixed(prefix),
          model,
          identity,
          member,
          memberScope);
    }

    @Override
    public void requireFieldsOf(Schema schema) {
      identity.forEach(field -> Fields.require(schema, field));
    }
  }

  /**
   * How well a model did, once a day of event time, by what people found of the incidents of the
   * days before.
   *
   * @param clock records whose event time says when a day is over
   * @param incidents what the model detected
   * @param feedback what people found of it
   * @param model its name
   * @param version which one of it
   * @param days so many days back
   */
  record Evaluation(
      RecordType clock,
      RecordType incidents,
      RecordType feedback,
      String model,
      String version,
      int days)
      implements Insight {

    public Evaluation {
      Objects.requireNonNull(model);
      Objects.requireNonNull(version);
      if (days < 1) {
        throw new IllegalArgumentException("an evaluation over " + days + " days is of nothing");
      }
    }

    @Override
    public List<RecordType> inputs() {
      return List.of(clock, incidents, feedback);
    }

    @Override
    public Insight prefixed(String prefix) {
      return new Evaluation(
          clock.prefixed(prefix),
          incidents.prefixed(prefix),
          feedback.prefixed(prefix),
          model,
          version,
          days);
    }

    @Override
    public void requireFieldsOf(Schema schema) {}
  }
}
