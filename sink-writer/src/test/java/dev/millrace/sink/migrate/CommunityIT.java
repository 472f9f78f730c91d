package dev.millrace.sink.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.embedded.junit.CommunityExtension;
import dev.millrace.embedded.junit.DatabaseFixture;
import dev.millrace.sink.Login;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postgresql.ds.PGSimpleDataSource;

/** What only the Community edition does: jobs, compression, continuous aggregates. */
@ExtendWith(CommunityExtension.class)
class CommunityIT {
  private static final String NODE = "00000000-0000-0000-0000-000000000001";

  private final String url;
  private final Migrator migrator;

  CommunityIT(DatabaseFixture fixture) {
    url = fixture.jdbcUrl();
    var database = new PGSimpleDataSource();
    database.setUrl(url);
    migrator = new Migrator(database);
    migrator.migrate();
  }

  @Test
  void isFoundAndSetUpOnce() throws SQLException {
    assertThat(migrator.edition().community()).isTrue();
    assertThat(migrator.edition().toString()).contains("Community");
    assertThat(migrator.pending()).isEmpty();
    assertThat(migrator.migrate()).isEmpty();
    assertThat(rows(url, "SELECT * FROM millrace.missing_jobs()")).isEmpty();
    assertThat(rows(url, "SELECT * FROM millrace.apply_roles()")).isEmpty();
  }

  @Test
  void jobsFollowThePolicies() throws SQLException {
    assertThat(jobs("policy_retention", "drop_after"))
        .isEqualTo(policies("retention", "NOT archive"))
        .noneMatch(job -> job.startsWith("camera.camera_events"));
    assertThat(jobs("policy_compression", "compress_after"))
        .isEqualTo(policies("compress_after", "true"))
        .contains("hub.events 7 days");
  }

  @Test
  void aPolicyThatChangesChangesItsJob() throws SQLException {
    execute(
        "UPDATE millrace.partition_policy SET retention = '80 days' WHERE relation = 'hub.correlations'::regclass");
    assertThat(migrator.migrate()).hasSize(2);
    assertThat(jobs("policy_retention", "drop_after")).contains("hub.correlations 80 days");
    execute(
        "UPDATE millrace.partition_policy SET retention = '90 days' WHERE relation = 'hub.correlations'::regclass");
    migrator.migrate();
  }

  @Test
  void aggregatesAnswerForTheHourThatRunsAsWell() throws SQLException {
    assertThat(
            rows(
                url,
                "SELECT view_schema || '.' || view_name || ' ' || materialized_only FROM timescaledb_information.continuous_aggregates ORDER BY 1"))
        .containsExactly(
            "fiber.aggregates_daily false",
            "fiber.aggregates_hourly false",
            "hub.metrics_hourly false");
    var writer = Login.memberOf("millrace_writer", url);
    var reader = Login.memberOf("millrace_reader", url);
    execute(
        writer,
        """
        INSERT INTO fiber.metrics (time, node_id, latency_ms)
        SELECT now() - n * interval '1 hour', '%s', 10 FROM generate_series(0, 4) n"""
            .formatted(NODE));
    var question =
        "SELECT measurement_count || ' ' || avg_latency_ms FROM fiber.aggregates_hourly WHERE node_id = '%s'"
            .formatted(NODE);
    assertThat(rows(reader, question)).hasSize(5).containsOnly("1 10");
    execute(
        "CALL refresh_continuous_aggregate('fiber.aggregates_hourly', NULL, now() - interval '1 hour')");
    assertThat(rows(reader, question)).hasSize(5).containsOnly("1 10");
  }

  /** A record that comes very late, or again, finds a row that is compressed. */
  @Test
  void aCompressedRowIsReadAndReplaced() throws SQLException {
    var upsert =
        """
        INSERT INTO hub.events
          (id, timestamp, source_module, event_type, severity, environment, tenant_id, payload)
        VALUES ('%s', date_trunc('hour', now()) - interval '30 days', 'm', 't', '%s', 'e', 'x', '{}')
        ON CONFLICT (id, timestamp, tenant_id) DO UPDATE SET severity = excluded.severity""";
    var writer = Login.memberOf("millrace_writer", url);
    execute(writer, upsert.formatted(NODE, "info"));
    for (var job :
        rows(
            url,
            "SELECT job_id FROM timescaledb_information.jobs WHERE proc_name = 'policy_compression' AND hypertable_name = 'events'")) {
      execute("CALL run_job(%s)".formatted(job));
    }
    assertThat(
            rows(
                url,
                "SELECT is_compressed FROM timescaledb_information.chunks WHERE hypertable_name = 'events'"))
        .contains("t");
    execute(writer, upsert.formatted(NODE, "high"));
    assertThat(
            rows(
                Login.memberOf("millrace_reader", url),
                "SELECT severity FROM hub.events WHERE id = '%s'".formatted(NODE)))
        .containsExactly("high");
  }

  private List<String> jobs(String kind, String setting) throws SQLException {
    return rows(
        url,
        """
        SELECT format('%%s.%%s %%s', hypertable_schema, hypertable_name, (config ->> '%s')::interval)
        FROM timescaledb_information.jobs WHERE proc_name = '%s' ORDER BY 1"""
            .formatted(setting, kind));
  }

  private List<String> policies(String setting, String condition) throws SQLException {
    return rows(
        url,
        "SELECT format('%%s %%s', relation, %1$s) FROM millrace.partition_policy WHERE %1$s IS NOT NULL AND %2$s ORDER BY 1"
            .formatted(setting, condition));
  }

  private void execute(String sql) throws SQLException {
    execute(url, sql);
  }

  private static void execute(String user, String sql) throws SQLException {
    try (var connection = DriverManager.getConnection(user);
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static List<String> rows(String user, String sql) throws SQLException {
    try (var connection = DriverManager.getConnection(user);
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      var values = new ArrayList<String>();
      while (rows.next()) {
        values.add(rows.getString(1));
      }
      return values;
    }
  }
}
