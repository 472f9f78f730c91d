package dev.millrace.schema;

import org.apache.avro.Schema;

/**
 * Checks that all that a {@link Scoring} names is there.
 *
 * @param schema of the scored records
 */
record ScoringFields(Scoring scoring, Schema schema) {

  void require() {
    var results = scoring.results();
    Fields.require(schema, scoring.scope(), results.overall(), results.active());
    Fields.require(schema, scoring.group().field());
    scoring.components().forEach(component -> Fields.require(schema, component.field()));
    results.trends().forEach(trend -> Fields.require(schema, trend.field()));
    results.bySeverity().values().forEach(field -> Fields.require(schema, field));
    requireHours(scoring.hours());
    scoring.entities().forEach(this::requireEntity);
    scoring.state().ifPresent(this::requireState);
  }

  private void requireHours(Scoring.Hours hours) {
    Fields.require(hours.of().schema(), hours.metric(), scoring.group().field());
    if (hours.of().table().filter(table -> !table.appendOnly()).isEmpty()) {
      throw new IllegalArgumentException(hours.of() + " has no key that would tell its rows apart");
    }
  }

  private void requireEntity(Scoring.Entity entity) {
    Fields.require(schema, entity.name().field());
    entity.labels().forEach(field -> Fields.require(schema, field));
    requireNamed(entity, scoring.hours().of());
    for (var measured : entity.measures()) {
      Fields.require(scoring.hours().of().schema(), measured.statistic());
      requireComponent(measured.component());
    }
  }

  private static void requireNamed(Scoring.Entity entity, RecordType input) {
    entity.name().of().forEach(field -> Fields.require(input.schema(), field));
    entity.labels().forEach(field -> Fields.require(input.schema(), field));
  }

  private void requireState(Scoring.State state) {
    Fields.require(state.of().schema(), state.field(), scoring.group().field());
    requireComponent(state.component());
    var entity =
        scoring.entities().stream()
            .filter(known -> known.scope().equals(state.entity()))
            .findFirst()
            .orElseThrow(
                () -> new IllegalArgumentException("no entity has the scope " + state.entity()));
    requireNamed(entity, state.of());
    if (state.misses() < 1) {
      throw new IllegalArgumentException("nothing is down after " + state.misses() + " readings");
    }
  }

  private void requireComponent(String field) {
    if (scoring.components().stream().noneMatch(each -> each.field().equals(field))) {
      throw new IllegalArgumentException("'" + field + "' is none of " + scoring.components());
    }
  }
}
