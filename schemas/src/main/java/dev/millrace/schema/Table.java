package dev.millrace.schema;

import java.util.List;
import java.util.Objects;

/**
 * The table a topic is stored in. Columns and Avro fields meet by name; a column that no field
 * fills keeps its default.
 *
 * @param schema database schema, e.g. {@code audio}
 * @param name table name as the seeds have it
 * @param conflictKey columns of the unique index that identifies a row, empty where every record is
 *     a row of its own; a later record with the same key replaces the row
 */
public record Table(String schema, String name, List<String> conflictKey) {

  public Table {
    Objects.requireNonNull(schema);
    Objects.requireNonNull(name);
    conflictKey = List.copyOf(conflictKey);
  }

  public boolean appendOnly() {
    return conflictKey.isEmpty();
  }

  @Override
  public String toString() {
    return schema + "." + name;
  }
}
