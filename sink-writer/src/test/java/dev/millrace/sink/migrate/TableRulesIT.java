package dev.millrace.sink.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.embedded.junit.DatabaseExtension;
import dev.millrace.embedded.junit.DatabaseFixture;
import dev.millrace.sink.Migrated;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/** What the tables themselves promise, whoever writes: triggers, views, functions. */
@ExtendWith(DatabaseExtension.class)
class TableRulesIT {
  private final PGSimpleDataSource database = new PGSimpleDataSource();
  private Connection connection;

  TableRulesIT(DatabaseFixture fixture) {
    database.setUrl(Migrated.url(fixture));
  }

  /** Rows as the seed's sample script has them: without ids, found by the domain's search path. */
  @BeforeEach
  void load() throws SQLException {
    connection = database.getConnection();
    connection.setAutoCommit(false);
    execute("SET LOCAL TimeZone = 'UTC'");
    execute("SET LOCAL search_path = camera, insight, public");
    execute(
        """
        INSERT INTO cameras (camera_id, camera_name, ip_address, model, status) VALUES
          ('CAM001', 'Front Entrance', '192.168.1.101', 'AXIS P3245-LVE', 'online')""");
    execute(
        """
        INSERT INTO alerts (alert_type, severity, camera_id, trigger_event_id, title, description)
        VALUES ('motion', 3, 'CAM001', 1, 'Motion', 'Person at an unusual hour')""");
    execute(
        """
        INSERT INTO audit_log (event_type, entity_type, action, action_status)
        VALUES ('create', 'camera', 'camera.created', 'success')""");
  }

  @AfterEach
  void rollback() throws SQLException {
    connection.rollback();
    connection.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"UPDATE audit_log SET action = 'x'", "DELETE FROM audit_log"})
  void theAuditLogIsNeverChanged(String sql) {
    assertThatThrownBy(() -> execute(sql))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("Audit logs cannot be");
  }

  /** The pipeline writes every column of its own with each step of an incident. */
  @Test
  void whatPeopleSayOfAnIncidentStaysWhenThePipelineGoesOn() throws SQLException {
    execute(
        """
        INSERT INTO anomaly_events (incident_id, status, revision, source_topic, scope_type, series,
          metric_name, metric_value, severity, detected_at)
        SELECT id::uuid, 'opened', 0, 't', 'device', '{}', 'm', 1, 'warning', '2026-03-01'
        FROM unnest(ARRAY['5f1c7f9e-6d2b-4a8e-9b1c-3f2d1e0c9b8a',
          '6f1c7f9e-6d2b-4a8e-9b1c-3f2d1e0c9b8a']) id""");
    execute(
        """
        UPDATE anomaly_events SET resolved_at = '2026-03-02', acknowledged_by = 'NOC',
          is_false_positive = true WHERE incident_id = '5f1c7f9e-6d2b-4a8e-9b1c-3f2d1e0c9b8a'""");
    execute("UPDATE anomaly_events SET status = 'updated', revision = 1, resolved_at = NULL");
    var resolved =
        "SELECT resolved_at::date || ' ' || is_false_positive FROM anomaly_events"
            + " WHERE acknowledged_by = 'NOC'";
    assertThat(rows(resolved)).containsExactly("2026-03-02 true");
    execute(
        "UPDATE anomaly_events SET status = 'closed', revision = 2, resolved_at = '2026-03-05'");
    assertThat(rows("SELECT resolved_at::date FROM anomaly_events ORDER BY incident_id"))
        .containsExactly("2026-03-02", "2026-03-05");
    execute("UPDATE anomaly_events SET resolved_at = NULL");
    assertThat(rows("SELECT resolved_at FROM anomaly_events")).containsOnlyNulls();
  }

  @ParameterizedTest
  @ValueSource(strings = {"alerts", "cameras"})
  void anUpdateSaysWhenItWas(String table) throws SQLException {
    assertThat(rows("SELECT updated_at FROM " + table)).containsExactly((String) null);
    execute("UPDATE " + table + " SET status = status");
    assertThat(rows("SELECT updated_at = now() FROM " + table)).containsExactly("t");
  }

  @Test
  void hoursOfACameraAreCounted() throws SQLException {
    execute(
        """
        INSERT INTO camera_events
          (camera_id, event_type, event_timestamp, frame_number, motion_score, object_count)
        VALUES
          ('CAM001', 'motion', '2026-03-01 10:00Z', 1, 0.25, 1),
          ('CAM001', 'motion', '2026-03-01 10:59:59.999999Z', 2, 0.75, 4),
          ('CAM001', 'motion', '2026-03-01 11:00Z', 3, NULL, 0),
          ('CAM002', 'motion', '2026-03-01 10:30Z', 1, 0.5, 2)""");
    assertThat(
            rows(
                """
                SELECT concat_ws(' ', camera_id, extract(hour FROM hour), event_count,
                                 round(avg_motion, 2), round(avg_objects, 1), max_objects)
                FROM mv_camera_stats_hourly ORDER BY camera_id, hour"""))
        .containsExactly("CAM001 10 2 0.50 2.5 4", "CAM001 11 1 0.0 0", "CAM002 10 1 0.50 2.0 2");
  }

  @ParameterizedTest
  @CsvSource({"windows_1h, aggregates_hourly", "windows_1d, aggregates_daily"})
  void theWindowsOfANodeAreOneRow(String windows, String aggregates) throws SQLException {
    execute("SET LOCAL search_path = fiber, insight, public");
    execute(
        """
        INSERT INTO %s (node_id, bucket, metric_name, value_count, value_min, value_max, value_avg,
                        value_p95)
        SELECT ('00000000-0000-0000-0000-00000000000' || node)::uuid, '2026-03-01 00:00Z'::timestamptz,
               metric, count, low, high, mean, p95
        FROM (VALUES
          (1, 'latency_ms', 59, 1.5, 90, 12.5, 80),
          (1, 'uptime_pct', 60, 10, 100, 99, 100),
          (1, 'packet_loss', 60, 0, 2, 0.5, 1),
          (2, 'uptime_pct', 7, 0, 1, 0.25, 1))
          AS w (node, metric, count, low, high, mean, p95)"""
            .formatted(windows));
    assertThat(
            rows(
                """
                SELECT concat_ws(' ', right(node_id::text, 1), bucket::date, avg_latency_ms,
                  max_latency_ms, min_latency_ms, p95_latency_ms, avg_uptime_pct, avg_packet_loss,
                  measurement_count)
                FROM %s ORDER BY node_id"""
                    .formatted(aggregates)))
        .containsExactly("1 2026-03-01 12.5 90 1.5 80 99 0.5 60", "2 2026-03-01 0.25 7");
  }

  /** Those of one hour that differ in their dimensions are one. */
  @Test
  void hoursOfAnAssetAreReadFromItsWindows() throws SQLException {
    execute(
        """
        INSERT INTO hub.metrics
          (timestamp, time_bucket, asset_id, metric_type, metric_name, tenant_id, dimensions,
           value_count, value_avg, value_min, value_max, value_p95, value_p99)
        VALUES
          ('2026-03-01 10:00Z', '1 hour', 'a', 't', 'm', 'x', '{"r": 1}', 3, 10, 1, 20, 18, 20),
          ('2026-03-01 10:00Z', '1 hour', 'a', 't', 'm', 'x', '{"r": 2}', 1, 30, 30, 40, 38, 40),
          ('2026-03-01 10:00Z', '5 min', 'a', 't', 'm', 'x', NULL, 9, 99, 99, 99, 99, 99),
          ('2026-03-01 11:00Z', '1 hour', 'a', 't', 'm', 'x', NULL, 2, NULL, NULL, NULL, NULL, NULL)""");
    assertThat(
            rows(
                """
                SELECT concat_ws(' ', extract(hour FROM bucket), count, avg_value, min_value, max_value, p95_value)
                FROM hub.metrics_hourly WHERE asset_id = 'a' ORDER BY bucket"""))
        .containsExactly("10 4 15 1 40 37", "11 2");
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
