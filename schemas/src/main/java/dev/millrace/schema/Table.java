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
 *     a row of its own
 * @param keeps which record of a key is the row
 */
public record Table(String schema, String name, List<String> conflictKey, Keeps keeps) {

  /** Which of several records with the same key is kept. */
  public enum Keeps {
    /** A later record replaces the row. */
    LATEST,
    /**
     * The row stays as it is, whatever was done to it since; a later record is left out. One whose
     * key is null is a row of its own.
     */
    FIRST
  }

  public Table {
    Objects.requireNonNull(schema);
    Objects.requireNonNull(name);
    conflictKey = List.copyOf(conflictKey);
    Objects.requireNonNull(keeps);
  }

  /** A table that keeps the latest record of each key. */
  public Table(String schema, String name, List<String> conflictKey) {
    this(schema, name, conflictKey, Keeps.LATEST);
  }

  public boolean appendOnly() {
    return conflictKey.isEmpty();
  }

  @Override
  public String toString() {
    return schema + "." + name;
  }
}
