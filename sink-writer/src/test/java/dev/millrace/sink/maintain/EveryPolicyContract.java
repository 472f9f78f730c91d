package dev.millrace.sink.maintain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.embedded.junit.DatabaseFixture;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Contract: every policy in the table is kept. The tables are maintained, the clock moves three
 * days, rows come on either side of every limit, and they are maintained again; the tests look at
 * what that left. Done once, since it makes and drops hundreds of partitions.
 */
@TestInstance(Lifecycle.PER_CLASS)
abstract class EveryPolicyContract {
  private static final Instant NOW = MaintenanceContract.NOW;
  private static final Limits LIMITS = new Limits(Duration.ofSeconds(10), 1, Duration.ZERO, 3);

  private MaintainedDatabase database;
  private final CountedMaintenance counted = new CountedMaintenance();
  private List<Policy> policies;
  private List<String> before;
  private List<String> afterPlan;
  private Report planned;
  private Report done;
  private Report again;

  @BeforeAll
  void maintain(DatabaseFixture fixture) throws SQLException {
    database = new MaintainedDatabase(fixture);
    policies = database.policies(NOW);
    maintenance(NOW.minus(Duration.ofDays(3)), MaintenanceMetrics.NONE).run().orElseThrow();
    for (var policy : policies) {
      database.store(policy, MaintenanceContract.timesAround(policy));
    }
    database.store("camera.alerts", Map.of("created_at", "'2004-02-29'"));
    before = contents();
    planned = maintenance(NOW, MaintenanceMetrics.NONE).plan();
    afterPlan = contents();
    done = maintenance(NOW, counted).run().orElseThrow();
    again = maintenance(NOW, MaintenanceMetrics.NONE).run().orElseThrow();
  }

  @AfterAll
  void close() throws SQLException {
    database.close();
  }

  private Maintenance maintenance(Instant at, MaintenanceMetrics metrics) {
    return new Maintenance(database.pool(), Clock.fixed(at, ZoneOffset.UTC), LIMITS, metrics);
  }

  Stream<Policy> policies() {
    return policies.stream();
  }

  @Test
  void thereAreSome() {
    assertThat(policies).hasSizeGreaterThan(20);
    assertThat(done.failures()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("policies")
  void whatIsPastTheRetentionIsGone(Policy policy) throws SQLException {
    assertThat(database.times(policy)).noneMatch(time -> isGone(policy, time));
  }

  @ParameterizedTest
  @MethodSource("policies")
  void nothingYoungerIsGone(Policy policy) throws SQLException {
    var young =
        Stream.of(MaintenanceContract.timesAround(policy))
            .filter(time -> !time.isBefore(policy.oldest()))
            .toList();
    assertThat(database.times(policy)).containsAll(asStored(policy, young));
  }

  /** Both before there are partitions for them and after. */
  @ParameterizedTest
  @MethodSource("policies")
  void aRowOfLastWeekAndOneOfNextWeekAreStored(Policy policy) throws SQLException {
    var times =
        List.of(
            NOW.minus(Duration.ofDays(6)).plusSeconds(1),
            NOW.plus(Duration.ofDays(6)).plusSeconds(1));
    database.store(policy, times.toArray(Instant[]::new));
    assertThat(database.times(policy)).containsAll(asStored(policy, times));
  }

  @Test
  void theDryRunChangesNothing() {
    assertThat(afterPlan).isEqualTo(before);
  }

  @Test
  void theDryRunListsWhatThePassDoes() {
    assertThat(planned.done()).isEqualTo(done.done());
    var limited = policies().filter(policy -> !policy.forever()).map(Policy::table).toList();
    assertThat(done.done())
        .extracting(each -> each.task().table())
        .containsAll(limited)
        .contains("camera.alerts");
  }

  @Test
  void theSecondPassChangesNothing() {
    assertThat(again.done()).isEmpty();
  }

  @Test
  void everyStepIsCounted() {
    assertThat(counted.done)
        .isEqualTo(
            done.done().stream()
                .map(
                    each ->
                        "%s %s %d".formatted(each.task().table(), each.task().step(), each.rows()))
                .toList());
    assertThat(counted.passes).isEqualTo(1);
  }

  /** What shares a partition with younger rows may still be there, but for exact policies. */
  private static boolean isGone(Policy policy, Instant time) {
    return !policy.forever() && time.isBefore(policy.exact() ? policy.oldest() : policy.whole());
  }

  /** Some tables know days only. */
  private static List<Instant> asStored(Policy policy, List<Instant> times) {
    return policy.time().equals("stat_date")
        ? times.stream().map(time -> time.truncatedTo(ChronoUnit.DAYS)).toList()
        : times;
  }

  /** Every table and partition with the number of its rows. */
  private List<String> contents() throws SQLException {
    var contents = new ArrayList<String>();
    for (var table :
        database.rows(
            """
            SELECT format('%I.%I', schemaname, tablename) FROM pg_tables
            WHERE schemaname NOT IN ('pg_catalog', 'information_schema', '_timescaledb_catalog', '_timescaledb_config')
            ORDER BY 1""")) {
      contents.add(table + database.rows("SELECT count(*) FROM " + table));
    }
    return contents;
  }
}
