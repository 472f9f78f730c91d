package dev.millrace.sink.maintain;

import dev.millrace.catalog.Fixtures;
import dev.millrace.catalog.Millrace;
import dev.millrace.embedded.junit.DatabaseFixture;
import dev.millrace.schema.RecordType;
import dev.millrace.sink.Login;
import dev.millrace.sink.Migrated;
import dev.millrace.sink.encode.RowPlan;
import dev.millrace.sink.encode.WireRecords;
import dev.millrace.sink.write.EncodedRows;
import dev.millrace.sink.write.TableColumns;
import dev.millrace.sink.write.TableWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.postgresql.ds.PGSimpleDataSource;

/** A migrated database under maintenance: rows of any table at any time, and questions to it. */
final class MaintainedDatabase implements AutoCloseable {
  private final PGSimpleDataSource pool = new PGSimpleDataSource();
  private final String url;
  private final Connection connection;
  private final Map<String, String> templates = new HashMap<>();

  MaintainedDatabase(DatabaseFixture fixture) throws SQLException {
    url = Migrated.url(fixture);
    pool.setUrl(url);
    connection = pool.getConnection();
    execute("SET timezone = 'UTC'");
    execute(
        "CREATE FUNCTION pg_temp.iso(timestamptz) RETURNS text LANGUAGE sql AS"
            + " $$SELECT to_char($1, 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')$$");
  }

  PGSimpleDataSource pool() {
    return pool;
  }

  /** The database for a user who has what one role has, and nothing else. */
  PGSimpleDataSource poolOf(String role) {
    var member = new PGSimpleDataSource();
    member.setUrl(Login.memberOf(role, url));
    return member;
  }

  /** Tables with a policy, in the order maintenance takes them. */
  List<Policy> policies(Instant at) throws SQLException {
    return rows(
            """
            SELECT relation, time_column, exact, retention IS NULL,
              pg_temp.iso(coalesce(at - retention, '2000-01-01')),
              pg_temp.iso(coalesce(at - retention - chunk_interval - interval '1 day', '2000-01-01'))
            FROM millrace.partition_policy, (SELECT timestamptz '%s') AS clock (at) ORDER BY relation::text
            """
                .formatted(at))
        .stream()
        .map(Policy::of)
        .toList();
  }

  /**
   * Empties these tables, and leaves the policies of the others out until {@link #close}: they
   * would take their time.
   */
  void maintainOnly(String... tables) throws SQLException {
    execute("CREATE TEMP TABLE kept_policy AS TABLE millrace.partition_policy");
    execute(
        "DELETE FROM millrace.partition_policy WHERE relation <> ALL ('{%s}'::regclass[])"
            .formatted(String.join(", ", tables)));
    for (var table : tables) {
      execute("TRUNCATE " + table);
      execute("DROP TABLE IF EXISTS archive.%s CASCADE".formatted(table.replace(".", "__")));
    }
  }

  /**
   * How long a table keeps its rows.
   *
   * @param forever it keeps them all; the two times then mean nothing
   * @param oldest rows from here on are kept
   * @param whole rows before this are gone, whatever partition they were in
   */
  record Policy(
      String table, String time, boolean exact, boolean forever, Instant oldest, Instant whole) {

    private static Policy of(String row) {
      var values = row.split(", ");
      return new Policy(
          values[0],
          values[1],
          values[2].equals("t"),
          values[3].equals("t"),
          Instant.parse(values[4]),
          Instant.parse(values[5]));
    }
  }

  /** Stores a row of a table, like the fixture of its record type but for the time. */
  void store(Policy policy, Instant... times) throws SQLException {
    for (var time : times) {
      store(policy.table(), Map.of(policy.time(), "'" + time + "'"));
    }
  }

  /** Stores a row like the fixture of the table's record type, but for these columns, once. */
  void store(String table, Map<String, String> columns) throws SQLException {
    var changed = new ArrayList<String>();
    columns.forEach((column, value) -> changed.add("'%s', %s".formatted(column, value)));
    execute(
        "INSERT INTO %1$s SELECT (jsonb_populate_record(NULL::%1$s, '%2$s'::jsonb || jsonb_build_object(%3$s))).* ON CONFLICT DO NOTHING"
            .formatted(table, template(table).replace("'", "''"), String.join(", ", changed)));
  }

  private String template(String table) throws SQLException {
    var known = templates.get(table);
    if (known == null) {
      var type =
          Millrace.CATALOG
              .stored()
              .filter(each -> each.table().orElseThrow().toString().equals(table))
              .findFirst()
              .orElseThrow(() -> new AssertionError("no record type is stored in " + table));
      known = template(type);
      templates.put(table, known);
    }
    return known;
  }

  /** As JSON, with what the database fills in. */
  private String template(RecordType type) throws SQLException {
    var table = type.table().orElseThrow();
    try (var other = pool.getConnection()) {
      other.setAutoCommit(false);
      var plan = new RowPlan(type.schema(), TableColumns.read(other, table));
      var rows = new EncodedRows();
      var bytes = WireRecords.bytes(Fixtures.sparse(type));
      rows.add(0, bytes, WireRecords.encoder(type.schema(), plan));
      new TableWriter(table, plan.columns()).write(other, rows);
      try (var statement = other.createStatement();
          var found = statement.executeQuery("SELECT to_jsonb(t) FROM %s t".formatted(table))) {
        found.next();
        return found.getString(1);
      } finally {
        other.rollback();
      }
    }
  }

  /** The times of the rows of a table, in order. */
  List<Instant> times(Policy policy) throws SQLException {
    return times(policy.table(), policy.time());
  }

  List<Instant> times(String table, String time) throws SQLException {
    return rows("SELECT pg_temp.iso(%1$s) FROM %2$s ORDER BY %1$s".formatted(time, table)).stream()
        .map(Instant::parse)
        .toList();
  }

  void execute(String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  List<String> rows(String sql) throws SQLException {
    try (var statement = connection.createStatement();
        var found = statement.executeQuery(sql)) {
      var columns = found.getMetaData().getColumnCount();
      var rows = new ArrayList<String>();
      while (found.next()) {
        var values = new ArrayList<String>();
        for (var column = 1; column <= columns; column++) {
          values.add(found.getString(column));
        }
        rows.add(String.join(", ", values));
      }
      return rows;
    }
  }

  @Override
  public void close() throws SQLException {
    if (!rows("SELECT to_regclass('pg_temp.kept_policy') WHERE to_regclass('pg_temp.kept_policy') IS NOT NULL")
        .isEmpty()) {
      execute("INSERT INTO millrace.partition_policy TABLE kept_policy ON CONFLICT DO NOTHING");
    }
    connection.close();
  }
}
