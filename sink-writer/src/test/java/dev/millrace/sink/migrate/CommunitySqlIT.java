package dev.millrace.sink.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.embedded.junit.DatabaseFixture;
import dev.millrace.embedded.junit.TimescaleExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The SQL of the Community edition, as far as the Apache edition can tell: it parses a statement,
 * looks up its functions, tables and options, and only then refuses it for its licence.
 */
@ExtendWith(TimescaleExtension.class)
class CommunitySqlIT {
  private static final Path FOLDER = Path.of("../schemas/src/main/resources/db/community");
  private static final Path POLICIES = FOLDER.resolve("pipeline/V010__policies.sql");
  private static final String NOT_SUPPORTED = "0A000";
  private static final Pattern AGGREGATE =
      Pattern.compile(
          "CREATE MATERIALIZED VIEW (\\S+)\\s+WITH \\([^)]*\\) AS\\s+(SELECT.*)WITH NO DATA",
          Pattern.DOTALL);
  private static final String COLUMNS =
      """
      SELECT string_agg(attname || ' ' || format_type(atttypid, atttypmod), ', ' ORDER BY attnum)
      FROM pg_attribute WHERE attrelid = '%s'::regclass AND attnum > 0""";

  private final PGSimpleDataSource database = new PGSimpleDataSource();
  private Connection connection;

  CommunitySqlIT(DatabaseFixture fixture) {
    database.setUrl(fixture.jdbcUrl());
    new Migrator(database).migrate();
  }

  @BeforeEach
  void begin() throws SQLException {
    connection = database.getConnection();
    connection.setAutoCommit(false);
  }

  @AfterEach
  void rollback() throws SQLException {
    connection.rollback();
    connection.close();
  }

  @Test
  void theApacheEditionIsLeftAlone() throws SQLException {
    assertThat(new Migrator(database).edition().community()).isFalse();
    assertThat(rows("SELECT to_regclass('millrace.community_history')"))
        .containsExactly((String) null);
  }

  @Test
  void itsScriptsFailForTheLicenceAlone() throws SQLException, IOException {
    var refused = new ArrayList<String>();
    for (var statement : statements()) {
      try {
        execute(statement);
      } catch (SQLException failed) {
        assertLicence(statement, failed);
        refused.add(statement.strip().split("[\\s(]+")[0]);
      }
      connection.rollback();
    }
    assertThat(refused)
        .containsOnly("CREATE", "SELECT", "CALL")
        .filteredOn("CREATE"::equals)
        .hasSize(3);
  }

  @Test
  void itsJobsFollowThePoliciesAndFailForTheLicenceAlone() throws SQLException, IOException {
    execute(Files.readString(POLICIES));
    var jobs = rows("SELECT * FROM millrace.missing_jobs()");
    assertThat(jobs)
        .contains(
            "ALTER TABLE hub.events SET (timescaledb.enable_columnstore = true, timescaledb.segmentby = 'tenant_id, asset_id', timescaledb.orderby = 'timestamp DESC')",
            "CALL public.add_columnstore_policy('hub.events', after => '7 days'::interval)",
            "CALL public.add_columnstore_policy('fiber.metrics', after => '3 days'::interval)",
            "SELECT public.add_retention_policy('audio.metrics_agg_5s', drop_after => '72:00:00'::interval)")
        // They are archived, not dropped.
        .noneMatch(statement -> statement.contains("camera.camera_events"));
    for (var job : jobs) {
      var before = connection.setSavepoint();
      assertThatThrownBy(() -> execute(job))
          .isInstanceOfSatisfying(SQLException.class, failed -> assertLicence(job, failed));
      connection.rollback(before);
    }
  }

  /** Who asks an hour or a day does not see which edition answers. */
  @Test
  void itsAggregatesHaveTheColumnsOfTheViews() throws SQLException, IOException {
    var compared = new ArrayList<String>();
    for (var statement : statements()) {
      var aggregate = AGGREGATE.matcher(statement);
      if (aggregate.find()) {
        execute("CREATE TEMPORARY VIEW compared AS " + aggregate.group(2));
        assertThat(rows(COLUMNS.formatted("compared")))
            .as(aggregate.group(1))
            .isEqualTo(rows(COLUMNS.formatted(aggregate.group(1))));
        compared.add(aggregate.group(1));
        connection.rollback();
      }
    }
    assertThat(compared).contains("fiber.aggregates_hourly", "fiber.aggregates_daily");
  }

  private static void assertLicence(String statement, SQLException failed) {
    assertThat(failed.getSQLState()).as(statement).isEqualTo(NOT_SUPPORTED);
    assertThat(failed.getMessage()).contains("under the current \"apache\" license");
  }

  /** Of the scripts that change tables; the functions of the jobs are one script. */
  private static List<String> statements() throws IOException {
    try (Stream<Path> files = Files.walk(FOLDER)) {
      var statements = new ArrayList<String>();
      for (var file : files.filter(each -> each.toString().endsWith(".sql")).sorted().toList()) {
        if (!file.equals(POLICIES)) {
          var sql =
              Files.readString(file)
                  .replaceAll("(?m)^--.*\\R", "")
                  .replace("${timescaledb}", "public")
                  .replace("${owner}", "millrace_owner");
          Stream.of(sql.split(";\\s*")).filter(each -> !each.isBlank()).forEach(statements::add);
        }
      }
      return statements;
    }
  }

  private void execute(String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private List<String> rows(String sql) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      var values = new ArrayList<String>();
      while (rows.next()) {
        values.add(rows.getString(1));
      }
      return values;
    }
  }
}
