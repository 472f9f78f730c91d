package dev.millrace.schema;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * A table of an older system, whose rows are to be moved into one of ours.
 *
 * @param name the old table's name, whatever schema it is in
 * @param columns those of its columns that are read, as text
 * @param timeColumn the one among them that says when a row is of
 * @param schema database schema of the table the rows go to
 * @param target its name
 * @param resource the statement, on the class path: it stores the rows of the temporary table
 *     {@code legacy_batch} ({@code source_key} and the columns) from one key to another (parameters
 *     1 and 2) that are no older than a time (parameter 3), and answers one row {@code rows_read,
 *     rows_stored, rows_present, rows_expired}
 */
public record LegacyTable(
    String name,
    List<String> columns,
    String timeColumn,
    String schema,
    String target,
    String resource) {

  public LegacyTable {
    Objects.requireNonNull(name);
    columns = List.copyOf(columns);
    if (!columns.contains(timeColumn)) {
      throw new IllegalArgumentException(name + ": " + timeColumn + " is none of " + columns);
    }
    Objects.requireNonNull(schema);
    Objects.requireNonNull(target);
    Objects.requireNonNull(resource);
  }

  /** The text of the statement. */
  public String statement() {
    try (var file = LegacyTable.class.getResourceAsStream(resource)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot read " + resource, unreadable);
    }
  }
}
