package dev.millrace.sink.maintain;

import static dev.millrace.sink.maintain.MaintenanceMetrics.NONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.millrace.embedded.junit.DatabaseFixture;
import dev.millrace.failure.MillraceException;
import dev.millrace.sink.maintain.MaintainedDatabase.Policy;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Contract: rows leave when their time is over and not before, whatever partitions them. */
abstract class MaintenanceContract {
  static final Instant NOW = Instant.parse("2031-03-15T10:20:30.123456Z");
  private static final Duration MICRO = Duration.of(1, ChronoUnit.MICROS);
  private static final Duration WEEK = Duration.ofDays(7);

  /** Impatient: what is busy in a test stays so. */
  private static final Limits LIMITS =
      new Limits(Duration.ofMillis(50), 2, Duration.ofMillis(1), 3);

  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

  final MaintainedDatabase database;

  MaintenanceContract(DatabaseFixture fixture) throws SQLException {
    database = new MaintainedDatabase(fixture);
  }

  @AfterEach
  void close() throws SQLException {
    database.close();
  }

  Maintenance maintenance(Instant at) {
    return maintenance(at, NONE);
  }

  private Maintenance maintenance(Instant at, MaintenanceMetrics metrics) {
    return new Maintenance(database.pool(), Clock.fixed(at, ZoneOffset.UTC), LIMITS, metrics);
  }

  /** A pass that must not fail. */
  Report maintain(Instant at) {
    var report = maintenance(at).run().orElseThrow();
    assertThat(report.failures()).isEmpty();
    return report;
  }

  @Test
  void archivedRowsAreKeptElsewhere() throws SQLException {
    database.maintainOnly("camera.camera_events");
    var events = policy("camera.camera_events");
    database.store(events, timesAround(events));
    maintain(NOW.minus(Duration.ofDays(3)));
    maintain(NOW);
    // Late, and with a column that the archive has not seen yet.
    database.execute("ALTER TABLE camera.camera_events ADD COLUMN weather text");
    database.store(events, events.whole().plusSeconds(60));
    maintain(NOW);

    var archived = database.times("archive.camera__camera_events", "event_timestamp");
    assertThat(archived).contains(events.whole().minus(MICRO), events.whole().plusSeconds(60));
    var all = new ArrayList<>(archived);
    all.addAll(database.times(events));
    var stored = new ArrayList<>(List.of(timesAround(events)));
    stored.add(events.whole().plusSeconds(60));
    assertThat(all).containsExactlyInAnyOrderElementsOf(stored);
    assertThat(database.rows("SELECT DISTINCT camera_id FROM archive.camera__camera_events"))
        .isEqualTo(database.rows("SELECT DISTINCT camera_id FROM camera.camera_events"));
  }

  @Test
  void theAuditLogLosesWholePartitionsOnly() throws SQLException {
    database.maintainOnly("camera.audit_log");
    var audit = policy("camera.audit_log");
    database.store(audit, timesAround(audit));

    var steps =
        maintain(NOW).done().stream().filter(done -> done.task().table().equals(audit.table()));

    assertThat(steps)
        .extracting(done -> done.task().step())
        .isSubsetOf(Step.MAKE, Step.DROP)
        .contains(Step.DROP);
    assertThat(database.times(audit))
        .contains(audit.oldest(), NOW)
        .noneMatch(time -> time.isBefore(audit.whole()));
    assertThatThrownBy(() -> database.execute("DELETE FROM camera.audit_log"))
        .hasMessageContaining("Audit logs cannot be deleted");
  }

  @Test
  void framesGoWhenTheySaySo() throws SQLException {
    database.maintainOnly("camera.frame_metadata");
    storeFrame("expired", "'" + NOW.minus(MICRO) + "'", false);
    storeFrame("now", "'" + NOW + "'", false);
    storeFrame("never", "NULL", false);
    storeFrame("archived", "'" + NOW.minus(WEEK) + "'", true);
    maintain(NOW);
    assertThat(database.rows("SELECT frame_hash FROM camera.frame_metadata ORDER BY 1"))
        .containsExactly("archived", "never", "now");
  }

  private void storeFrame(String hash, String expires, boolean archived) throws SQLException {
    var number = Integer.toString(Math.abs(hash.hashCode()));
    database.store(
        "camera.frame_metadata",
        Map.of(
            "frame_hash",
            "'" + hash + "'",
            "frame_number",
            number,
            "metadata_id",
            number,
            "frame_timestamp",
            "'" + NOW.minusSeconds(60) + "'",
            "expires_at",
            expires,
            "archived",
            Boolean.toString(archived)));
  }

  @Test
  void callsGoWhenNothingOfThemIsWithinTheRetention() throws SQLException {
    database.maintainOnly("audio.knob_events");
    var oldest = NOW.minus(Duration.ofHours(72));
    storeTrace("over", oldest.minusSeconds(60), "'" + oldest.minus(MICRO) + "'");
    storeTrace("ended just then", oldest.minusSeconds(60), "'" + oldest + "'");
    storeTrace("without end", oldest.minusSeconds(60), "NULL");
    storeTrace("heard of", oldest.minusSeconds(60), "'" + oldest.minus(MICRO) + "'");
    storeTrace("silent by now", oldest.minusSeconds(60), "'" + oldest.minus(MICRO) + "'");
    storeTrace("new", oldest, "NULL");
    storeMetric("heard of", oldest);
    storeMetric("silent by now", oldest.minus(MICRO));
    var planned = maintenance(NOW).plan();
    assertThat(maintain(NOW).done()).isEqualTo(planned.done());
    assertThat(database.rows("SELECT trace_id FROM audio.traces ORDER BY 1"))
        .containsExactly("ended just then", "heard of", "new", "without end");
  }

  private void storeTrace(String id, Instant started, String ended) throws SQLException {
    database.store(
        "audio.traces",
        Map.of(
            "trace_id", "'%s', 'started_at', '%s', 'ended_at', %s".formatted(id, started, ended)));
  }

  private void storeMetric(String trace, Instant at) throws SQLException {
    database.store(
        "audio.knob_events", Map.of("trace_id", "'" + trace + "'", "occurred_at", "'" + at + "'"));
  }

  @Test
  void rowsOfPlainTablesGoToo() throws SQLException {
    database.maintainOnly();
    var alerts = "camera.alerts";
    var year = Instant.parse("2030-03-15T10:20:30.123456Z");
    database.store(alerts, Map.of("created_at", "'" + year + "', 'alert_id', 1"));
    database.store(alerts, Map.of("created_at", "'" + year.minus(MICRO) + "', 'alert_id', 2"));
    var sites = "network.site_daily_summary";
    database.store(sites, Map.of("stat_date", "'2026-03-16'", "id", "1"));
    database.store(sites, Map.of("stat_date", "'2026-03-15'", "id", "2"));
    maintain(NOW);
    assertThat(database.rows("SELECT alert_id FROM camera.alerts")).containsExactly("1");
    assertThat(database.rows("SELECT stat_date FROM network.site_daily_summary"))
        .containsExactly("2026-03-16");
  }

  @Test
  void oneProcessMaintainsADatabaseAtATime() throws SQLException {
    database.maintainOnly();
    try (var other = Session.writing(database.pool(), LIMITS.lockTimeout())) {
      assertThat(other.lead()).isTrue();
      assertThat(maintenance(NOW).run()).isEmpty();
    }
    assertThat(maintenance(NOW).run()).isPresent();
  }

  @Test
  void aBusyTableDoesNotHoldUpTheOthers() throws SQLException {
    database.maintainOnly("hub.correlations", "network.optical_metrics", "network.path_metrics");
    for (var policy : database.policies(NOW)) {
      database.store(policy, timesAround(policy));
    }
    var counted = new CountedMaintenance();
    try (var other = database.pool().getConnection();
        var statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("LOCK TABLE network.optical_metrics IN ACCESS EXCLUSIVE MODE");

      var report = maintenance(NOW, counted).run().orElseThrow();

      assertThat(report.failures())
          .singleElement()
          .satisfies(
              failed -> {
                assertThat(failed.code()).isEqualTo(MaintenanceFailure.TABLE_BUSY);
                assertThat(failed).hasMessageContaining("network.optical_metrics");
              });
      assertThat(report.done())
          .extracting(done -> done.task().table())
          .contains("hub.correlations", "network.path_metrics")
          .doesNotContain("network.optical_metrics");
      other.rollback();
    }
    assertThat(counted.failures).containsExactly("network.optical_metrics TABLE_BUSY");
    assertThat(maintain(NOW).done())
        .isNotEmpty()
        .allMatch(done -> done.task().table().equals("network.optical_metrics"));
  }

  @Test
  void aPassThatIsToldToStopDoesNoMore() {
    var maintenance = maintenance(NOW);
    maintenance.stop();
    assertThat(maintenance.run().orElseThrow().done()).isEmpty();
  }

  @Test
  void aDatabaseThatIsNotMigratedIsNamed() throws SQLException {
    database.execute("ALTER SCHEMA millrace RENAME TO elsewhere");
    var failure = catchThrowable(() -> maintenance(NOW).run());
    database.execute("ALTER SCHEMA elsewhere RENAME TO millrace");
    assertThat(failure)
        .isInstanceOfSatisfying(
            MillraceException.class,
            failed -> assertThat(failed.code()).isEqualTo(MaintenanceFailure.NOT_MIGRATED))
        .hasMessageContaining("millrace migrate");
  }

  Policy policy(String table) throws SQLException {
    return database.policies(NOW).stream()
        .filter(policy -> policy.table().equals(table))
        .findFirst()
        .orElseThrow();
  }

  /** Times on either side of every limit. */
  static Instant[] timesAround(Policy policy) {
    return new Instant[] {
      Instant.parse("2004-02-29T00:00:00Z"),
      policy.whole().minus(MICRO),
      policy.oldest().minus(MICRO),
      policy.oldest(),
      policy.oldest().plus(MICRO),
      NOW,
      NOW.plus(WEEK)
    };
  }

  /** As the sink does it: with the rights of members of one role, and never more. */
  @Test
  void theOwnerMayAndTheWriterMayNot() throws SQLException {
    database.maintainOnly("camera.camera_events", "hub.correlations");
    for (var policy : database.policies(NOW)) {
      database.store(policy, timesAround(policy));
    }
    var writer = new Maintenance(database.poolOf("millrace_writer"), CLOCK, LIMITS, NONE);
    assertThatThrownBy(writer::run)
        .isInstanceOfSatisfying(
            MillraceException.class,
            failed -> assertThat(failed.code()).isEqualTo(MaintenanceFailure.NOT_THE_OWNER));

    var owner = new Maintenance(database.poolOf("millrace_owner"), CLOCK, LIMITS, NONE);
    assertThat(owner.run().orElseThrow().failures()).isEmpty();
    assertThat(maintain(NOW).done()).isEmpty();
    assertThat(
            database.rows(
                "SELECT has_table_privilege('millrace_reader', 'archive.camera__camera_events', 'SELECT')"))
        .containsExactly("t");
  }

  @Test
  void theLoopSaysWhatFailedUntilItSucceeds() throws SQLException {
    database.maintainOnly("hub.correlations");
    var correlations = policy("hub.correlations");
    database.store(correlations, timesAround(correlations));
    var hour = Duration.ofHours(1);
    var loop = new MaintenanceLoop(maintenance(NOW), hour);
    try (var other = database.pool().getConnection();
        var statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("LOCK TABLE hub.correlations IN ACCESS EXCLUSIVE MODE");
      assertThat(loop.turn()).isLessThan(hour);
      assertThat(loop.problems()).singleElement().asString().contains("hub.correlations");
      other.rollback();
    }
    assertThat(loop.turn()).isEqualTo(hour);
    assertThat(loop.problems()).isEmpty();
    assertThat(database.times(correlations)).doesNotContain(correlations.whole().minus(MICRO));
  }

  /** They write what is to be kept and what is to go, to partitions that come and go meanwhile. */
  @Test
  void writersLoseNothing() throws Exception {
    database.maintainOnly("network.path_metrics");
    var writers = new CopyWriters(database.pool(), NOW);
    try (writers) {
      for (var day = 40; !writers.haveEnded(); day = Math.max(0, day - 1)) {
        var at = Clock.fixed(NOW.minus(Duration.ofDays(day)), ZoneOffset.UTC);
        new Maintenance(database.pool(), at, Limits.DEFAULT, NONE).run().orElseThrow();
      }
    }
    maintain(NOW);
    var oldest = policy("network.path_metrics").oldest();
    var stored = database.times("network.path_metrics", "recorded_at");
    assertThat(stored.stream().filter(time -> !time.isBefore(oldest)))
        .containsExactlyInAnyOrderElementsOf(
            writers.written().stream().filter(time -> !time.isBefore(oldest)).toList());
  }
}
