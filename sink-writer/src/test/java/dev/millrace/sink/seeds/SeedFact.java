package dev.millrace.sink.seeds;

/**
 * One thing a seed says of its database.
 *
 * @param kind table, column, primary key, unique, check, foreign key, index, enum, function,
 *     trigger, storage, compression, or a part of a policy: partition column, partition size,
 *     retention, …
 * @param relation the table, view, type or function, with its schema
 * @param name the column, index, constraint or trigger; empty where the seed gives none
 * @param definition as the seed writes it, with its white space made single; {@code ?} for a column
 *     without a type
 */
record SeedFact(String kind, String relation, String name, String definition) {
  /** A column whose type the seed does not say. */
  static final String UNTYPED = "?";

  static SeedFact parse(String line) {
    var parts = line.split("\t", -1);
    if (parts.length != 4) {
      throw new AssertionError("not four columns: " + line);
    }
    return new SeedFact(parts[0], parts[1], parts[2], parts[3]);
  }

  String line() {
    return String.join("\t", kind, relation, name, definition);
  }

  String schema() {
    return relation.substring(0, relation.indexOf('.'));
  }

  /** The relation without its schema. */
  String local() {
    return relation.substring(relation.indexOf('.') + 1);
  }

  /** As the page of differences shows it. */
  @Override
  public String toString() {
    var what = kind + " " + relation + (name.isEmpty() ? "" : "." + name);
    return definition.isEmpty() ? what : what + " " + definition;
  }
}
