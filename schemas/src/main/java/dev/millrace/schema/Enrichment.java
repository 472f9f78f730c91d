package dev.millrace.schema;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What is added to the records of a raw topic on their way: what is known of their entity
 * elsewhere, and what follows from two of them in a row. The enriched records are stored and folded
 * in place of the raw ones.
 *
 * @param into the type of the enriched records, of the same schema
 * @param entity fields that say what is read again and again; all records of one entity must have
 *     the same message key
 * @param known where more is known of what its fields name
 * @param longestGap nothing is derived from two records that are farther apart
 * @param counters the counters that are derived from
 * @param capacity the field that bounds how fast they can count, if there is one
 * @param derivations in this order
 */
public record Enrichment(
    RecordType into,
    List<String> entity,
    List<Known> known,
    Duration longestGap,
    List<Counter> counters,
    Optional<String> capacity,
    List<Derivation> derivations) {

  public Enrichment {
    Objects.requireNonNull(into);
    Objects.requireNonNull(longestGap);
    entity = List.copyOf(entity);
    known = List.copyOf(known);
    counters = List.copyOf(counters);
    derivations = List.copyOf(derivations);
  }

  /**
   * A table of entities, kept by a compacted topic. What it has wins over what a record says.
   *
   * @param of the type of its records
   * @param by the field of a raw record that names the entity
   * @param as the field of the table's records with the same value
   * @param fields raw field to the table's field that fills it
   */
  public record Known(RecordType of, String by, String as, Map<String, String> fields) {

    public Known {
      fields = Map.copyOf(fields);
    }

    Known prefixed(String prefix) {
      return new Known(of.prefixed(prefix), by, as, fields);
    }
  }

  /**
   * A number that only grows, until it begins anew; of 32 or 64 bits, unsigned.
   *
   * @param field where it is
   * @param fastest how much one unit of the capacity lets it count in a second
   */
  public record Counter(String field, double fastest) {}

  Enrichment prefixed(String prefix) {
    return new Enrichment(
        into.prefixed(prefix),
        entity,
        known.stream().map(table -> table.prefixed(prefix)).toList(),
        longestGap,
        counters,
        capacity,
        derivations);
  }

  void requireFieldsOf(org.apache.avro.Schema schema) {
    if (!into.schema().equals(schema)) {
      throw new IllegalArgumentException(into + " is not of " + schema.getFullName());
    }
    entity.forEach(field -> Fields.require(schema, field));
    counters.forEach(counter -> Fields.require(schema, counter.field()));
    capacity.ifPresent(field -> Fields.require(schema, field));
    derivations.forEach(derivation -> Fields.require(schema, derivation.target()));
    for (var table : known) {
      Fields.require(schema, table.by());
      Fields.require(table.of().schema(), table.as());
      table.fields().keySet().forEach(field -> Fields.require(schema, field));
      table.fields().values().forEach(field -> Fields.require(table.of().schema(), field));
    }
  }
}
