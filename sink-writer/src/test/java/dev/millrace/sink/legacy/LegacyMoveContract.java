package dev.millrace.sink.legacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.catalog.Millrace;
import dev.millrace.embedded.junit.DatabaseFixture;
import dev.millrace.failure.MillraceException;
import dev.millrace.failure.Owner;
import dev.millrace.sink.Migrated;
import dev.millrace.sink.write.WriteFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Contract: older rows are moved once, counted, and as the seed's own statements move them. */
abstract class LegacyMoveContract {
  private static final String OPTICAL = "old.optical_power_history";
  private static final String SCANS = "old.ssh_cli_scans";
  private static final BiConsumer<String, LegacyCounts> QUIET = (source, soFar) -> {};

  /** 6 are bad, 10 the same as others, 150 past the retention of 90 days. */
  private static final LegacyCounts ALL_OPTICAL = new LegacyCounts(3_000, 2_834, 10, 150, 6);

  /** One address is none. */
  private static final LegacyCounts ALL_SCANS = new LegacyCounts(1_000, 999, 0, 0, 1);

  private static final String BOOKS =
      "SELECT concat_ws(' ', last_key, rows_read, rows_stored, rows_present, rows_expired, rows_refused)"
          + " FROM millrace.legacy_progress ORDER BY source";

  private final PGSimpleDataSource database = new PGSimpleDataSource();
  private Connection connection;

  LegacyMoveContract(DatabaseFixture fixture) {
    database.setUrl(Migrated.url(fixture));
  }

  @BeforeEach
  void makeOldTables() throws SQLException, IOException {
    connection = database.getConnection();
    execute(
        """
        SET timezone = 'UTC';
        TRUNCATE network.optical_metrics, network.interface_snapshots;
        TRUNCATE millrace.legacy_progress, millrace.legacy_rejects""");
    try (var file = LegacyMoveContract.class.getResourceAsStream("old.sql")) {
      execute(new String(file.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  @Test
  void movesWhatTheSeedsStatementsMove() throws SQLException {
    assertThat(move(options(700)).run(QUIET))
        .isEqualTo(Map.of(OPTICAL, ALL_OPTICAL, SCANS, ALL_SCANS));
    assertThat(rows(BOOKS)).containsExactly("3000 3000 2834 10 150 6", "1000 1000 999 0 0 1");

    execute(
        """
        CREATE TABLE old.optical_metrics (LIKE network.optical_metrics INCLUDING DEFAULTS);
        CREATE TABLE old.interface_snapshots (LIKE network.interface_snapshots INCLUDING DEFAULTS);
        DELETE FROM old.optical_power_history WHERE id IN (SELECT source_key FROM millrace.legacy_rejects WHERE source = 'old.optical_power_history');
        DELETE FROM old.ssh_cli_scans WHERE id IN (SELECT source_key FROM millrace.legacy_rejects WHERE source = 'old.ssh_cli_scans');
        -- The seed's cast does not take an empty text.
        UPDATE old.ssh_cli_scans SET lldp_remote_mgmt_addr = NULL WHERE lldp_remote_mgmt_addr = '';
        SET search_path = old;
        INSERT INTO optical_metrics (device_ip, interface_name, interface_index, tx_power, rx_power, temperature, recorded_at)
        SELECT ip_address, interface_name, interface_index, tx_power, rx_power, temperature, measurement_timestamp
        FROM optical_power_history;
        INSERT INTO interface_snapshots (device_ip, interface_name, interface_index, is_optical, medium, connector, speed,
                                          lldp_remote_system, lldp_remote_port, lldp_remote_mgmt_ip, lldp_remote_chassis_id, captured_at)
        SELECT ip_address, interface_name, interface_index, is_optical, medium, connector, speed,
               lldp_remote_system_name, lldp_remote_port, lldp_remote_mgmt_addr::inet, lldp_remote_chassis_id, scan_timestamp
        FROM ssh_cli_scans;
        RESET search_path""");
    assertSameRows("optical_metrics", 2_834);
    assertSameRows("interface_snapshots", 999);
  }

  private void assertSameRows(String table, int count) throws SQLException {
    var ours = "SELECT to_jsonb(t) - 'id' FROM network.%s t".formatted(table);
    var time = table.startsWith("optical") ? "recorded_at" : "captured_at";
    var seeds =
        "SELECT DISTINCT to_jsonb(t) - 'id' FROM old.%s t WHERE %s > now() - INTERVAL '90 days'"
            .formatted(table, time);
    assertThat(rows(ours)).hasSize(count).doesNotHaveDuplicates();
    assertThat(rows(ours + " EXCEPT " + seeds)).isEmpty();
    assertThat(rows(seeds + " EXCEPT " + ours)).isEmpty();
  }

  @Test
  void keepsWhatItRefusesWithTheReason() throws SQLException {
    move(options(700)).run(QUIET);
    assertThat(
            rows(
                "SELECT concat_ws(' ', source_key, reason) FROM millrace.legacy_rejects ORDER BY source, source_key"))
        .satisfiesExactly(
            row -> assertThat(row).startsWith("77 ").contains("interface_name", "not-null"),
            row -> assertThat(row).startsWith("78 ").contains("device_ip", "not-null"),
            row -> assertThat(row).startsWith("79 ").contains("numeric field overflow"),
            row -> assertThat(row).startsWith("80 ").contains("too long for type"),
            row -> assertThat(row).startsWith("81 ").contains("infinity is no time of a reading"),
            row -> assertThat(row).startsWith("82 ").contains("recorded_at", "not-null"),
            row -> assertThat(row).startsWith("5 ").contains("inet: \"no address\""));
    assertThat(
            rows(
                "SELECT old_row ->> 'tx_power' FROM millrace.legacy_rejects WHERE source_key = 79"))
        .containsExactly("1000000000");
  }

  @Test
  void goesOnAfterAFailureAndASecondRunStoresNothing() throws SQLException {
    assertThatThrownBy(
            () ->
                move(options(200))
                    .run(
                        (source, soFar) -> {
                          if (soFar.read() == 600) {
                            throw new IllegalStateException("stopped");
                          }
                        }))
        .hasMessage("stopped");
    assertThat(rows(BOOKS))
        .containsExactly(
            "600 600 " + rows("SELECT count(*) FROM network.optical_metrics").get(0) + " 0 30 6");

    // In the middle of a batch, by the server.
    execute(
        """
        CREATE FUNCTION old.end_it() RETURNS trigger LANGUAGE plpgsql AS
          'BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NEW; END';
        CREATE TRIGGER end_it BEFORE INSERT ON network.optical_metrics
          FOR EACH ROW WHEN (NEW.interface_index = 1111) EXECUTE FUNCTION old.end_it()""");
    assertThatThrownBy(() -> move(options(200)).run(QUIET))
        .isInstanceOfSatisfying(
            MillraceException.class,
            lost -> assertThat(lost.code().owner()).isEqualTo(Owner.OUTAGE))
        .hasMessageContaining("moving old.optical_power_history stopped")
        .hasMessageContaining("the next run goes on after it");
    assertThat(rows(BOOKS)).first().asString().startsWith("1000 1000 ");
    execute("DROP TRIGGER end_it ON network.optical_metrics");

    var rest = move(options(200)).run(QUIET);
    assertThat(rest.get(OPTICAL).read()).isEqualTo(2_000);
    assertThat(rows(BOOKS)).containsExactly("3000 3000 2834 10 150 6", "1000 1000 999 0 0 1");
    assertThat(rows("SELECT count(*) FROM network.optical_metrics")).containsExactly("2834");

    assertThat(move(options(200)).run(QUIET).values()).containsOnly(LegacyCounts.NONE);
    var again = new LegacyOptions(5_000, ZoneOffset.UTC, false, true, false);
    assertThat(move(again).run(QUIET))
        .isEqualTo(
            Map.of(
                OPTICAL,
                new LegacyCounts(3_000, 0, 2_844, 150, 6),
                SCANS,
                new LegacyCounts(1_000, 0, 999, 0, 1)));
    assertThat(rows(BOOKS)).containsExactly("3000 3000 0 2844 150 6", "1000 1000 0 999 0 1");
    assertThat(rows("SELECT count(*) FROM millrace.legacy_rejects")).containsExactly("7");
    assertThat(rows("SELECT count(*) FROM old.optical_power_history")).containsExactly("3000");
  }

  @Test
  void aDryRunCountsAndChangesNothing() throws SQLException {
    assertThat(move(new LegacyOptions(5_000, ZoneOffset.UTC, false, false, true)).run(QUIET))
        .isEqualTo(Map.of(OPTICAL, ALL_OPTICAL, SCANS, ALL_SCANS));
    assertThat(rows("SELECT 1 FROM network.optical_metrics")).isEmpty();
    assertThat(rows("SELECT 1 FROM network.interface_snapshots")).isEmpty();
    assertThat(rows("SELECT source FROM millrace.legacy_progress")).isEmpty();
    assertThat(rows("SELECT source FROM millrace.legacy_rejects")).isEmpty();
  }

  @Test
  void rowsPastTheRetentionAreKeptIfAskedFor() throws SQLException {
    var moved = move(new LegacyOptions(5_000, ZoneOffset.UTC, true, false, false)).run(QUIET);
    assertThat(moved.get(OPTICAL)).isEqualTo(new LegacyCounts(3_000, 2_984, 10, 0, 6));
    assertThat(
            rows(
                "SELECT 1 FROM network.optical_metrics WHERE recorded_at < now() - INTERVAL '90 days'"))
        .hasSize(150);
    // None of them waits in a partition without bounds.
    assertThat(
            rows(
                """
                SELECT p.partition FROM network.optical_metrics m
                JOIN millrace.partitions('network.optical_metrics') p ON p.partition = m.tableoid
                WHERE p.lower_bound IS NULL"""))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Asia/Kolkata", "+05:30"})
  void timesWithoutAZoneAreOfTheZoneNamed(String zone) throws SQLException {
    move(new LegacyOptions(5_000, ZoneId.of(zone), false, false, false)).run(QUIET);
    assertThat(
            rows(
                """
                SELECT s.captured_at = o.scan_timestamp AT TIME ZONE 'Asia/Kolkata'
                FROM old.ssh_cli_scans o JOIN network.interface_snapshots s ON s.interface_index = o.interface_index
                WHERE o.id = 17"""))
        .containsExactly("t");
  }

  @Test
  void theOldTablesMayBeInAnotherDatabase() throws SQLException {
    var other = rows("SELECT current_database() || '_old'").get(0);
    execute("DROP DATABASE IF EXISTS " + other);
    execute("CREATE DATABASE " + other);
    var old = new PGSimpleDataSource();
    old.setUrl(database.getUrl());
    old.setUser(database.getUser());
    old.setDatabaseName(other);
    try (var there = old.getConnection();
        var statement = there.createStatement()) {
      statement.execute(
          """
          CREATE TABLE ssh_cli_scans (id smallint PRIMARY KEY, ip_address text, interface_name text, interface_index text,
            is_optical text, medium text, connector text, speed text, lldp_remote_system_name text, lldp_remote_port text,
            lldp_remote_mgmt_addr text, lldp_remote_chassis_id text, scan_timestamp text);
          INSERT INTO ssh_cli_scans (id, ip_address, interface_name, medium, scan_timestamp)
          VALUES (-3, '10.0.0.1', 'port1', E'tab\\tand\\nline', '2026-03-01 10:00+01')""");
    }
    var source = new LegacySource(old, "public", "jdbc:postgresql://h/d");
    var moved = new LegacyMove(Millrace.LEGACY, source, database, options(10)).run(QUIET);
    assertThat(moved)
        .isEqualTo(
            Map.of("jdbc:postgresql://h/d public.ssh_cli_scans", new LegacyCounts(1, 1, 0, 0, 0)));
    assertThat(
            rows(
                "SELECT concat_ws('|', device_ip, medium, captured_at) FROM network.interface_snapshots"))
        .containsExactly("10.0.0.1|tab\tand\nline|2026-03-01 09:00:00+00");
    execute("DROP DATABASE " + other);
  }

  @Test
  void saysWhatIsMissing() throws SQLException {
    assertThatThrownBy(() -> move("nowhere").run(QUIET))
        .satisfies(failed -> assertThat(code(failed)).isEqualTo(LegacyFailure.NO_SOURCE))
        .hasMessageContaining("nowhere")
        .hasMessageContaining("--source-schema");

    execute("ALTER TABLE old.optical_power_history DROP COLUMN rx_power");
    assertThatThrownBy(() -> move("old").run(QUIET))
        .satisfies(failed -> assertThat(code(failed)).isEqualTo(LegacyFailure.COLUMNS_MISSING))
        .hasMessageContaining("old.optical_power_history has no rx_power");

    execute("ALTER TABLE old.optical_power_history ADD COLUMN rx_power int, DROP COLUMN id");
    assertThatThrownBy(() -> move("old").run(QUIET))
        .satisfies(failed -> assertThat(code(failed)).isEqualTo(LegacyFailure.NO_KEY))
        .hasMessageContaining("no primary key of one integer column");

    execute("ALTER TABLE millrace.legacy_progress RENAME TO gone");
    execute("DROP TABLE old.optical_power_history");
    try {
      assertThatThrownBy(() -> move("old").run(QUIET))
          .satisfies(failed -> assertThat(code(failed)).isEqualTo(WriteFailure.TABLE_MISSING))
          .hasMessageContaining("Run `millrace migrate`");
    } finally {
      execute("ALTER TABLE millrace.gone RENAME TO legacy_progress");
    }
  }

  private static Object code(Throwable failed) {
    return ((MillraceException) failed).code();
  }

  private static LegacyOptions options(int batchRows) {
    return new LegacyOptions(batchRows, ZoneOffset.UTC, false, false, false);
  }

  private LegacyMove move(LegacyOptions options) {
    return new LegacyMove(
        Millrace.LEGACY, new LegacySource(database, "old", ""), database, options);
  }

  private LegacyMove move(String schema) {
    return new LegacyMove(
        Millrace.LEGACY, new LegacySource(database, schema, ""), database, options(100));
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
