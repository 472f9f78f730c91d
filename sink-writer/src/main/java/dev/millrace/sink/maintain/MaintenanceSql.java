package dev.millrace.sink.maintain;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.function;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.table;
import static org.jooq.impl.DSL.val;

import dev.millrace.sink.write.Sql;
import java.sql.Connection;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.SQLDataType;

/**
 * Maintenance as the database's functions do it: what is due, and one step at a time. Each call is
 * part of the transaction its connection is in.
 */
final class MaintenanceSql {
  private static final String SCHEMA = "millrace";
  private static final Field<String> RELATION =
      field("{0}::text", SQLDataType.CLOB, field(name("relation")));
  private static final Field<OffsetDateTime> LOWER =
      field(name("lower_bound"), SQLDataType.TIMESTAMPWITHTIMEZONE);
  private static final Field<OffsetDateTime> UPPER =
      field(name("upper_bound"), SQLDataType.TIMESTAMPWITHTIMEZONE);
  private static final Field<String> STEP = field(name("step"), SQLDataType.CLOB);
  private static final Field<String> TARGET = field(name("target"), SQLDataType.CLOB);

  private MaintenanceSql() {}

  /** Tables with a policy, by name. */
  static List<String> partitionedTables(Connection connection) {
    return tables(connection, "partition_policy");
  }

  /** Tables whose rows expire one by one, by name. */
  static List<String> expiringTables(Connection connection) {
    return tables(connection, "row_expiry");
  }

  private static List<String> tables(Connection connection, String listing) {
    return Sql.on(connection)
        .select(RELATION)
        .from(table(name(SCHEMA, listing)))
        .orderBy(RELATION)
        .fetch(RELATION);
  }

  /** The steps that a policy asks for, in the order to take them. */
  static List<Task> due(Connection connection, String relation, Instant at) {
    return Sql.on(connection)
        .select(STEP, TARGET, LOWER, UPPER)
        .from(table("{0}({1}, {2})", name(SCHEMA, "maintenance_due"), regclass(relation), time(at)))
        .fetch(row -> task(relation, row));
  }

  private static Task task(String relation, Record row) {
    return new Task(
        relation,
        Step.named(row.get(STEP)),
        row.get(TARGET),
        Optional.ofNullable(row.get(LOWER)).map(OffsetDateTime::toInstant),
        row.get(UPPER).toInstant());
  }

  /** The step that a rule of expiry asks for, if a row has expired. */
  static List<Task> expiryDue(Connection connection, String relation, Instant at) {
    var any = call("rows_to_expire", regclass(relation), time(at), val(1L));
    var expired = Sql.on(connection).fetchValue(select(any)) > 0;
    return expired
        ? List.of(new Task(relation, Step.EXPIRE_ROWS, relation, Optional.empty(), at))
        : List.of();
  }

  /** How many rows a step would move or delete. */
  static long rowsOf(Connection connection, Task task, Instant at) {
    var rows =
        call(
            "rows_of_step",
            regclass(task.table()),
            val(task.step().label()),
            val(task.target()),
            lower(task),
            time(task.to()),
            time(at));
    return Sql.on(connection).fetchValue(select(rows));
  }

  /**
   * Takes a step, or a batch of one that deletes rows.
   *
   * @return how many rows it moved or deleted; empty if nothing was left to do
   */
  static OptionalLong take(Connection connection, Task task, Instant at, int batchRows) {
    var relation = regclass(task.table());
    var to = time(task.to());
    var done =
        switch (task.step()) {
          case MAKE -> call("make_partition", relation, lower(task), to);
          case DROP -> call("drop_partition", relation, lower(task), to, time(at));
          case ARCHIVE -> call("archive_partition", relation, lower(task), to, time(at));
          case DELETE_ROWS, ARCHIVE_ROWS ->
              call(
                  "delete_rows",
                  relation,
                  regclass(task.target()),
                  lower(task),
                  to,
                  val(batchRows));
          case EXPIRE_ROWS -> call("expire_rows", relation, time(at), val(batchRows));
        };
    var rows = Sql.on(connection).fetchValue(select(done));
    return rows == null ? OptionalLong.empty() : OptionalLong.of(rows);
  }

  /** Rows in the default partition. */
  static long waiting(Connection connection, String relation) {
    return Sql.on(connection).fetchValue(select(call("rows_waiting", regclass(relation))));
  }

  private static Field<Long> call(String function, Field<?>... arguments) {
    return function(name(SCHEMA, function), SQLDataType.BIGINT, arguments);
  }

  private static Field<?> regclass(String relation) {
    return field("{0}::regclass", val(relation));
  }

  private static Field<OffsetDateTime> time(Instant at) {
    return val(at.atOffset(ZoneOffset.UTC));
  }

  private static Field<OffsetDateTime> lower(Task task) {
    return val(
        task.from().map(from -> from.atOffset(ZoneOffset.UTC)).orElse(null),
        SQLDataType.TIMESTAMPWITHTIMEZONE);
  }
}
