package dev.millrace.sink.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.embedded.junit.DatabaseFixture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Contract: from any version on, the migrations lead to one and the same schema and keep the rows.
 * One database is taken through every version in turn, a row stored in every table at each; a
 * version that is jumped over runs the same statements. Some 10 s a flavour.
 */
abstract class UpgradeContract {
  /** Taken away on purpose, with what was in them. */
  private static final Set<String> REPLACED =
      Set.of("fiber.aggregates_hourly", "fiber.aggregates_daily");

  private final PGSimpleDataSource database = new PGSimpleDataSource();
  private Connection connection;

  UpgradeContract(DatabaseFixture fixture) {
    database.setUrl(fixture.jdbcUrl());
  }

  @BeforeEach
  void empty() throws SQLException {
    connection = database.getConnection();
    execute("SET timezone = 'UTC'; SET search_path = pg_catalog");
    drop();
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  @Test
  void everyVersionLeadsToTheNewestAndKeepsItsRows() throws SQLException, IOException {
    var number = 0;
    for (var version : versions()) {
      var before = number == 0 ? Map.<String, String>of() : contents();
      new Migrator(Migrator.configuration(database).target(version)).migrate();
      assertThat(contentsNow(before)).as("rows kept by " + version).isEqualTo(before);
      number++;
      execute(resource("fill.sql"));
      assertThat(rows("SELECT t FROM pg_temp.fill(%d) t".formatted(number)))
          .as("tables at " + version)
          .isNotEmpty();
    }
    var kept = contents();
    var grown = catalog();
    assertThat(new Migrator(database).pending()).isEmpty();
    var history = rows(HISTORY);

    assertThat(new Migrator(database).migrate()).isEmpty();
    assertThat(rows(HISTORY)).isEqualTo(history);
    assertThat(catalog()).isEqualTo(grown);
    assertThat(contents()).isEqualTo(kept);

    drop();
    new Migrator(database).migrate();
    assertThat(grown).isEqualTo(catalog()).hasSizeGreaterThan(1_000);
  }

  private static final String HISTORY =
      "SELECT concat_ws(' ', xmin, h) FROM millrace.schema_history h ORDER BY installed_rank";

  private List<MigrationVersion> versions() {
    return Arrays.stream(Migrator.configuration(database).load().info().all())
        .map(MigrationInfo::getVersion)
        .filter(Objects::nonNull)
        .toList();
  }

  private List<String> catalog() throws SQLException, IOException {
    return rows(resource("catalog.sql"));
  }

  /** By the query that reads a table's columns of now: how many rows, and a number of them all. */
  private Map<String, String> contents() throws SQLException {
    var queries =
        rows(
            """
            SELECT format('SELECT concat_ws('' '', count(*), sum(hashtextextended(ROW(%s)::text, 0))) FROM %s',
              string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum), c.oid::regclass)
            FROM pg_class c
            JOIN pg_namespace s ON s.oid = c.relnamespace
            JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
            WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition
              AND s.nspname !~ '^pg_|^_?timescaledb|^information_schema$|^public$'
              AND (s.nspname <> 'millrace' OR c.relname = 'sink_progress')
            GROUP BY c.oid ORDER BY 1""");
    var contents = new LinkedHashMap<String, String>();
    for (var query : queries) {
      contents.put(query, rows(query).get(0));
    }
    return contents;
  }

  private Map<String, String> contentsNow(Map<String, String> before) throws SQLException {
    var now = new LinkedHashMap<String, String>();
    for (var then : before.entrySet()) {
      var table = then.getKey().substring(then.getKey().lastIndexOf(' ') + 1);
      var gone =
          REPLACED.contains(table)
              && rows("SELECT 1 WHERE (SELECT relkind FROM pg_class WHERE oid = to_regclass('%s')) IN ('r', 'p')"
                      .formatted(table))
                  .isEmpty();
      now.put(then.getKey(), gone ? then.getValue() : rows(then.getKey()).get(0));
    }
    return now;
  }

  private void drop() throws SQLException {
    var schemas =
        rows(
            "SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_|timescaledb' AND nspname NOT IN ('public', 'information_schema')");
    if (!schemas.isEmpty()) {
      execute("DROP SCHEMA %s CASCADE".formatted(String.join(", ", schemas)));
    }
  }

  private static String resource(String name) throws IOException {
    try (var file = UpgradeContract.class.getResourceAsStream(name)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private void execute(String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private List<String> rows(String sql) throws SQLException {
    try (var statement = connection.createStatement();
        var found = statement.executeQuery(sql)) {
      var rows = new ArrayList<String>();
      while (found.next()) {
        rows.add(found.getString(1));
      }
      return rows;
    }
  }
}
