package dev.millrace.bench.traffic;

import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.list;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;
import static org.jooq.impl.DSL.val;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.schema.RecordType;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;

/**
 * Holds a table against the rows it must have, in every column that a record fills. The rows are
 * written beside it by {@code jsonb_populate_recordset}: PostgreSQL reads the text of each value,
 * the sink's encoders have no part in it. One thread.
 */
public final class TableCheck {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String BESIDE = "expected";
  private static final int BATCH = 5_000;

  private final DSLContext sql;

  /** Asks, and writes into a schema of its own, by this connection. */
  public TableCheck(DSLContext sql) {
    this.sql = sql;
  }

  /**
   * What was found of one table.
   *
   * @param table its name
   * @param rows how many it has
   * @param checksum over all their columns, whatever their order
   * @param expectedRows how many it must have
   * @param expectedChecksum over theirs
   * @param missing rows it must have and has not, or not as often
   * @param unwanted rows it has and must not have, or not as often
   */
  public record Outcome(
      String table,
      long rows,
      String checksum,
      long expectedRows,
      String expectedChecksum,
      long missing,
      long unwanted) {

    public boolean holds() {
      return rows == expectedRows
          && checksum.equals(expectedChecksum)
          && missing == 0
          && unwanted == 0;
    }
  }

  /** Compares the table of a type with what it must hold. */
  public Outcome check(RecordType type, Collection<GenericRecord> expected) {
    var stored = type.table().orElseThrow();
    var actual = table(name(stored.schema(), stored.name()));
    var beside = table(name(BESIDE, stored.name()));
    var columns = columns(type, actual);
    sql.createSchemaIfNotExists(name(BESIDE)).execute();
    sql.dropTableIfExists(beside).execute();
    sql.createTable(beside).as(sql.select(columns).from(actual)).withNoData().execute();
    insert(type, expected, actual, beside, columns);
    var has = summary(actual, columns);
    var wants = summary(beside, columns);
    return new Outcome(
        stored.toString(),
        has.rows(),
        has.checksum(),
        wants.rows(),
        wants.checksum(),
        difference(beside, actual, columns),
        difference(actual, beside, columns));
  }

  /** The columns that fields of the record fill. */
  private List<Field<?>> columns(RecordType type, Table<Record> actual) {
    var columns = new ArrayList<Field<?>>();
    for (var column : sql.selectFrom(actual).limit(0).fetch().fields()) {
      if (type.schema().getField(column.getName()) != null) {
        columns.add(field(name(column.getName())));
      }
    }
    return columns;
  }

  private void insert(
      RecordType type,
      Collection<GenericRecord> rows,
      Table<Record> like,
      Table<Record> into,
      List<Field<?>> columns) {
    var batch = JSON.createArrayNode();
    var left = rows.size();
    for (var row : rows) {
      var object = batch.addObject();
      for (var field : type.schema().getFields()) {
        object.set(field.name(), json(field.schema(), row.get(field.pos())));
      }
      left--;
      if (batch.size() == BATCH || left == 0) {
        sql.insertInto(into)
            .columns(columns)
            .select(
                sql.select(columns)
                    .from(
                        "jsonb_populate_recordset(NULL::{0}, {1}::jsonb)",
                        like, val(batch.toString())))
            .execute();
        batch.removeAll();
      }
    }
  }

  private static JsonNode json(Schema schema, Object value) {
    if (value == null) {
      return JSON.nullNode();
    }
    var plain =
        schema.isUnion()
            ? schema.getTypes().stream()
                .filter(each -> each.getType() != Schema.Type.NULL)
                .findFirst()
                .orElseThrow()
            : schema;
    var logical = String.valueOf(plain.getProp("logicalType"));
    return switch (logical) {
      case "timestamp-micros" ->
          JSON.valueToTree(Instant.EPOCH.plus((long) value, ChronoUnit.MICROS).toString());
      case "json" -> tree(value.toString());
      default -> JSON.valueToTree(value instanceof Number ? value : value.toString());
    };
  }

  private static JsonNode tree(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException wrong) {
      throw new IllegalArgumentException(text, wrong);
    }
  }

  private record Summary(long rows, String checksum) {}

  private Summary summary(Table<Record> of, List<Field<?>> columns) {
    var hash = field("hashtextextended(ROW({0})::text, 0)", SQLDataType.NUMERIC, list(columns));
    var sum = field("coalesce(sum({0}), 0)::text", SQLDataType.VARCHAR, hash);
    var row = sql.select(count(), sum).from(of).fetchSingle();
    return new Summary(row.value1(), row.value2());
  }

  private long difference(Table<Record> from, Table<Record> minus, List<Field<?>> columns) {
    var some = sql.select(columns).from(from);
    return sql.select(count(inline(1)))
        .from(some.exceptAll(sql.select(columns).from(minus)).asTable("difference"))
        .fetchSingle()
        .value1();
  }
}
