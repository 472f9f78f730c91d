package dev.millrace.sink.docs;

import dev.millrace.schema.RecordType;
import java.util.List;
import java.util.Optional;

/**
 * A table or view as it is documented.
 *
 * @param comment what it holds; empty if nobody said
 * @param sources the record types that fill it
 * @param policy how it is partitioned, if it is
 * @param expiry which of its rows go one by one, if any do
 */
record Relation(
    String schema,
    String name,
    boolean view,
    String comment,
    List<Column> columns,
    List<Constraint> constraints,
    List<Index> indexes,
    List<RecordType> sources,
    Optional<Policy> policy,
    Optional<Expiry> expiry) {

  /**
   * A column.
   *
   * @param meaning its comment, or else what the field that fills it says of itself
   */
  record Column(
      String name, String type, boolean required, Optional<String> defaultValue, String meaning) {

    boolean numbered() {
      return defaultValue.filter(value -> value.startsWith("nextval(")).isPresent();
    }
  }

  /** A primary key (p), unique key (u), foreign key (f) or check (c), as PostgreSQL prints it. */
  record Constraint(char type, String name, String definition) {}

  /** An index that no key has, from its method on. */
  record Index(String name, boolean unique, String definition) {}

  /** What {@code make_time_partitioned} was told; intervals as PostgreSQL prints them. */
  record Policy(
      String timeColumn,
      String chunkInterval,
      Optional<String> retention,
      boolean exact,
      boolean archive,
      Optional<String> compressAfter,
      List<String> segmentBy,
      Optional<String> orderBy,
      Optional<String> spaceColumn,
      Optional<Integer> spacePartitions) {}

  /**
   * Rows that go one by one, as {@code millrace.row_expiry} has it.
   *
   * @param unless a column that keeps a row where it is true
   * @param keptBy tables whose rows keep a row
   */
  record Expiry(
      List<String> timeColumns, String retention, Optional<String> unless, String keptBy) {}

  String qualifiedName() {
    return schema + "." + name;
  }

  Optional<Column> column(String wanted) {
    return columns.stream().filter(column -> column.name().equals(wanted)).findFirst();
  }

  List<Constraint> constraintsOf(char type) {
    return constraints.stream().filter(constraint -> constraint.type() == type).toList();
  }
}
