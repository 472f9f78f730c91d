package dev.millrace.sink.write;

import static org.jooq.impl.DSL.excluded;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import dev.millrace.schema.Table;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SortField;
import org.jooq.conf.ParamType;
import org.jooq.impl.DSL;

/**
 * The statements that write one table, rendered once. An upsert touches only the columns the record
 * fills, never lets an older revision win where the table has revisions, and leaves a row alone
 * that is the same already.
 */
final class UpsertStatements {
  private static final String REVISION = "revision";

  private final Table target;
  private final List<String> columns;
  private final String stage;
  private final Optional<String> lateBy;

  /**
   * Prepares the statements.
   *
   * @param columns what the rows hold, in their order
   * @param stage name of the temporary table
   * @param lateBy for rows that come late, the column of their event time; empty for rows in the
   *     order of their topic
   */
  UpsertStatements(Table target, List<String> columns, String stage, Optional<String> lateBy) {
    this.target = target;
    this.columns = columns;
    this.stage = stage;
    this.lateBy = lateBy;
  }

  String copy() {
    return copyInto(Sql.render().render(targetTable()));
  }

  String copyIntoStage() {
    return copyInto(Sql.render().render(stageTable()));
  }

  /** Made once a connection; a temporary table is its own, and empty after every commit. */
  String createStage() {
    return "CREATE TEMPORARY TABLE IF NOT EXISTS %s ON COMMIT DELETE ROWS AS SELECT %s FROM %s WITH NO DATA"
        .formatted(
            Sql.render().render(stageTable()), columnList(), Sql.render().render(targetTable()));
  }

  String truncateStage() {
    return Sql.render().truncate(stageTable()).getSQL();
  }

  /** What is staged, into the table: in the order of the keys, so that writers do not deadlock. */
  String upsert() {
    return target.keeps() == Table.Keeps.FIRST ? insertNew() : insertOrUpdate();
  }

  /** Every row whose key is not there yet, be it of the table or of an earlier row. */
  private String insertNew() {
    var sql = Sql.render();
    var keys = fields(target.conflictKey());
    var all = fields(columns);
    var order = new ArrayList<SortField<?>>();
    keys.forEach(key -> order.add(key.asc()));
    order.add(field(name("ctid")).asc());
    return sql.insertInto(targetTable())
        .columns(all)
        .select(sql.select(all).from(stageTable()).orderBy(order))
        .onConflict(keys)
        .doNothing()
        .getSQL(ParamType.INLINED);
  }

  /**
   * One row a key: the highest revision, and of those the last in the order the rows were copied,
   * which the physical order of a fresh table is.
   */
  private String insertOrUpdate() {
    var sql = Sql.render();
    var keys = fields(target.conflictKey());
    var all = fields(columns);
    var latest = sql.select(all).distinctOn(keys).from(stageTable()).orderBy(order());
    var insert = sql.insertInto(targetTable()).columns(all).select(latest).onConflict(keys);
    var updates = updates();
    var timeless = lateBy.isPresent() && age().isEmpty();
    if (updates.isEmpty() || timeless) {
      return insert.doNothing().getSQL(ParamType.INLINED);
    }
    var changed = differs(updates.keySet());
    return insert
        .doUpdate()
        .set(updates)
        .where(age().map(column -> mayBeReplaced(column).and(changed)).orElse(changed))
        .getSQL(ParamType.INLINED);
  }

  /** The column that says which of two rows of a key is the newer one, if there is one. */
  private Optional<String> age() {
    return columns.contains(REVISION)
        ? Optional.of(REVISION)
        : lateBy.filter(columns::contains).filter(column -> !target.conflictKey().contains(column));
  }

  /** Where nothing but the time tells, and it is the same, the row that is there is the later. */
  private Condition mayBeReplaced(String column) {
    var stored = stored(field(name(column)));
    var incoming = excluded(field(name(column)));
    return column.equals(REVISION) ? stored.le(incoming) : stored.lt(incoming);
  }

  /**
   * A row that is there as it is written again is left alone: a replay leaves no dead row behind.
   * Compared by their bytes, for which a type needs no operator of its own.
   */
  private Condition differs(Collection<Field<?>> updated) {
    var stored = updated.stream().map(this::stored).toList();
    var written = updated.stream().map(DSL::excluded).toList();
    return DSL.condition(
        "ROW({0})::record *<> ROW({1})::record", DSL.list(stored), DSL.list(written));
  }

  private <T> Field<T> stored(Field<T> column) {
    return field(name(target.schema(), target.name(), column.getName()), column.getDataType());
  }

  private List<SortField<?>> order() {
    var order = new ArrayList<SortField<?>>();
    fields(target.conflictKey()).forEach(key -> order.add(key.asc()));
    age().ifPresent(column -> order.add(field(name(column)).desc()));
    order.add(field(name("ctid")).desc());
    return order;
  }

  private Map<Field<?>, Field<?>> updates() {
    var updates = new LinkedHashMap<Field<?>, Field<?>>();
    columns.stream()
        .filter(column -> !target.conflictKey().contains(column))
        .forEach(column -> updates.put(field(name(column)), excluded(field(name(column)))));
    return updates;
  }

  private String copyInto(String table) {
    return "COPY %s (%s) FROM STDIN (FORMAT binary)".formatted(table, columnList());
  }

  private String columnList() {
    return fields(columns).stream()
        .map(column -> Sql.render().render(column))
        .collect(Collectors.joining(", "));
  }

  private org.jooq.Table<Record> targetTable() {
    return table(name(target.schema(), target.name()));
  }

  private org.jooq.Table<Record> stageTable() {
    return table(name(stage));
  }

  private static List<Field<Object>> fields(List<String> names) {
    return names.stream().map(each -> field(name(each))).toList();
  }
}
