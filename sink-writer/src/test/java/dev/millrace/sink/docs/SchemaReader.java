package dev.millrace.sink.docs;

import static dev.millrace.tables.millrace.Tables.PARTITION_POLICY;
import static dev.millrace.tables.millrace.Tables.ROW_EXPIRY;

import dev.millrace.schema.RecordCatalog;
import dev.millrace.schema.RecordType;
import dev.millrace.sink.docs.Relation.Column;
import dev.millrace.sink.docs.Relation.Constraint;
import dev.millrace.sink.docs.Relation.Expiry;
import dev.millrace.sink.docs.Relation.Index;
import dev.millrace.sink.docs.Relation.Policy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;

/** Reads every table and view of a migrated database, and who fills it of the catalogue. */
final class SchemaReader {
  private final DSLContext sql;
  private final RecordCatalog catalog;

  SchemaReader(DSLContext sql, RecordCatalog catalog) {
    this.sql = sql;
    this.catalog = catalog;
  }

  /** All of them, by schema and name. */
  List<Relation> read() {
    return sql.fetch(query("relations.sql")).map(this::relation);
  }

  private Relation relation(Record row) {
    var schema = row.get("schema", String.class);
    var name = row.get("name", String.class);
    var sources = sources(schema, name);
    return new Relation(
        schema,
        name,
        row.get("is_view", Boolean.class),
        Objects.requireNonNullElse(row.get("comment", String.class), ""),
        sql.fetch(query("columns.sql"), schema, name).map(column -> column(column, sources)),
        sql.fetch(query("constraints.sql"), schema, name).map(SchemaReader::constraint),
        sql.fetch(query("indexes.sql"), schema, name).map(SchemaReader::index),
        sources,
        policy(schema + "." + name),
        expiry(schema + "." + name));
  }

  private List<RecordType> sources(String schema, String name) {
    return catalog
        .stored()
        .filter(type -> type.table().orElseThrow().schema().equals(schema))
        .filter(type -> type.table().orElseThrow().name().equals(name))
        .toList();
  }

  private static Column column(Record row, List<RecordType> sources) {
    var name = row.get("name", String.class);
    var labels = row.get("labels", String[].class);
    var type = shortType(row.get("type", String.class));
    return new Column(
        name,
        labels.length == 0 ? type : type + " (" + String.join(", ", labels) + ")",
        row.get("required", Boolean.class),
        Optional.ofNullable(row.get("default_value", String.class)),
        Stream.concat(
                Stream.ofNullable(row.get("comment", String.class)), docOfField(name, sources))
            .findFirst()
            .orElse(""));
  }

  private static Stream<String> docOfField(String name, List<RecordType> sources) {
    return sources.stream()
        .map(type -> type.schema().getField(name))
        .filter(Objects::nonNull)
        .map(field -> field.doc())
        .filter(Objects::nonNull);
  }

  private static String shortType(String type) {
    return type.replace("timestamp with time zone", "timestamptz")
        .replace("character varying", "varchar");
  }

  private static Constraint constraint(Record row) {
    return new Constraint(
        row.get("type", String.class).charAt(0),
        row.get("name", String.class),
        row.get("definition", String.class));
  }

  private static Index index(Record row) {
    return new Index(
        row.get("name", String.class),
        row.get("is_unique", Boolean.class),
        row.get("definition", String.class));
  }

  private Optional<Policy> policy(String relation) {
    var p = PARTITION_POLICY;
    return sql.select(p.fields())
        .select(text(p.CHUNK_INTERVAL), text(p.RETENTION), text(p.COMPRESS_AFTER))
        .from(p)
        .where(p.RELATION.eq(relation))
        .fetchOptional()
        .map(
            row ->
                new Policy(
                    row.get(p.TIME_COLUMN),
                    words(row.get(text(p.CHUNK_INTERVAL))),
                    Optional.ofNullable(row.get(text(p.RETENTION))).map(SchemaReader::words),
                    row.get(p.EXACT),
                    row.get(p.ARCHIVE),
                    Optional.ofNullable(row.get(text(p.COMPRESS_AFTER))).map(SchemaReader::words),
                    Arrays.asList(row.get(p.SEGMENT_BY)),
                    Optional.ofNullable(row.get(p.ORDER_BY)),
                    Optional.ofNullable(row.get(p.SPACE_COLUMN)),
                    Optional.ofNullable(row.get(p.SPACE_PARTITIONS))));
  }

  private Optional<Expiry> expiry(String relation) {
    var e = ROW_EXPIRY;
    return sql.select(e.fields())
        .select(text(e.RETENTION))
        .from(e)
        .where(e.RELATION.eq(relation))
        .fetchOptional()
        .map(
            row ->
                new Expiry(
                    Arrays.asList(row.get(e.TIME_COLUMNS)),
                    words(row.get(text(e.RETENTION))),
                    Optional.ofNullable(row.get(e.UNLESS)),
                    row.get(e.KEPT_BY).replaceAll("[{}]", "").replace(",", ", ")));
  }

  /** As PostgreSQL prints it, and not as numbers of years to seconds. */
  private static Field<String> text(Field<?> interval) {
    return interval.cast(String.class).as(interval.getName() + "_text");
  }

  private static String words(String interval) {
    return interval
        .replaceFirst("^00:00:00$", "0 hours")
        .replaceFirst("^01:00:00$", "1 hour")
        .replaceFirst("^0?(\\d+):00:00$", "$1 hours")
        .replaceFirst("\\bmon\\b", "month");
  }

  private static String query(String file) {
    try (var statement = SchemaReader.class.getResourceAsStream(file)) {
      return new String(statement.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
