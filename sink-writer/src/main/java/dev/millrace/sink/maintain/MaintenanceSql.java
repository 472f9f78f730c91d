package dev.millrace.sink.maintain;

import static dev.millrace.tables.millrace.Tables.MAINTENANCE_DUE;
import static dev.millrace.tables.millrace.Tables.PARTITION_POLICY;
import static dev.millrace.tables.millrace.Tables.ROW_EXPIRY;

import dev.millrace.sink.write.Sql;
import dev.millrace.tables.millrace.Routines;
import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jooq.Record;

/**
 * Maintenance as the database's functions do it: what is due, and one step at a time. Each call is
 * part of the transaction its connection is in.
 */
final class MaintenanceSql {
  private static final long ANY = 1;

  private MaintenanceSql() {}

  /** Tables with a policy, by name. */
  static List<String> partitionedTables(Connection connection) {
    var relations = Sql.on(connection).select(PARTITION_POLICY.RELATION).from(PARTITION_POLICY);
    return relations.fetch(PARTITION_POLICY.RELATION).stream().sorted().toList();
  }

  /** Tables whose rows expire one by one, by name. */
  static List<String> expiringTables(Connection connection) {
    var relations = Sql.on(connection).select(ROW_EXPIRY.RELATION).from(ROW_EXPIRY);
    return relations.fetch(ROW_EXPIRY.RELATION).stream().sorted().toList();
  }

  /** The steps that a policy asks for, in the order to take them. */
  static List<Task> due(Connection connection, String relation, Instant at) {
    return Sql.on(connection)
        .selectFrom(MAINTENANCE_DUE.call(relation, at))
        .fetch(row -> task(relation, row));
  }

  private static Task task(String relation, Record row) {
    return new Task(
        relation,
        Step.named(row.get(MAINTENANCE_DUE.STEP)),
        row.get(MAINTENANCE_DUE.TARGET),
        Optional.ofNullable(row.get(MAINTENANCE_DUE.LOWER_BOUND)),
        row.get(MAINTENANCE_DUE.UPPER_BOUND));
  }

  /** The step that a rule of expiry asks for, if a row has expired. */
  static List<Task> expiryDue(Connection connection, String relation, Instant at) {
    var expired = Routines.rowsToExpire(Sql.on(connection).configuration(), relation, at, ANY);
    return expired == 0
        ? List.of()
        : List.of(new Task(relation, Step.EXPIRE_ROWS, relation, Optional.empty(), at));
  }

  /** How many rows a step would move or delete. */
  static long rowsOf(Connection connection, Task task, Instant at) {
    return Routines.rowsOfStep(
        Sql.on(connection).configuration(),
        task.table(),
        task.step().label(),
        task.target(),
        task.from().orElse(null),
        task.to(),
        at);
  }

  /**
   * Takes a step, or a batch of one that deletes rows.
   *
   * @return how many rows it moved or deleted; empty if nothing was left to do
   */
  static OptionalLong take(Connection connection, Task task, Instant at, int batchRows) {
    var sql = Sql.on(connection).configuration();
    var table = task.table();
    var from = task.from().orElse(null);
    var to = task.to();
    var rows =
        switch (task.step()) {
          case MAKE -> Routines.makePartition(sql, table, from, to);
          case DROP -> Routines.dropPartition(sql, table, from, to, at);
          case ARCHIVE -> Routines.archivePartition(sql, table, from, to, at);
          case DELETE_ROWS, ARCHIVE_ROWS ->
              Routines.deleteRows(sql, table, task.target(), from, to, batchRows);
          case EXPIRE_ROWS -> Routines.expireRows(sql, table, at, batchRows);
        };
    return rows == null ? OptionalLong.empty() : OptionalLong.of(rows);
  }

  /** Rows in the default partition. */
  static long waiting(Connection connection, String relation) {
    return Routines.rowsWaiting(Sql.on(connection).configuration(), relation);
  }
}
