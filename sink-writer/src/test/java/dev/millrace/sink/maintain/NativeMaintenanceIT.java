package dev.millrace.sink.maintain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.embedded.junit.DatabaseExtension;
import dev.millrace.embedded.junit.DatabaseFixture;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** On PostgreSQL alone. */
@ExtendWith(DatabaseExtension.class)
class NativeMaintenanceIT extends MaintenanceContract {

  NativeMaintenanceIT(DatabaseFixture fixture) throws SQLException {
    super(fixture);
  }

  /**
   * Each row of these on a day of its own, and each day a partition: thousands, were it not for a
   * bound.
   */
  @Test
  void aWrongClockMakesNoPartitions() throws SQLException {
    database.maintainOnly("network.path_metrics");
    database.execute(
        """
        INSERT INTO network.path_metrics (source_ip, destination_ip, recorded_at)
        SELECT '::1', '::2', timestamptz '%1$s' + n * interval '10 days' FROM generate_series(-500, 500) n
        """
            .formatted(NOW));

    var report = maintain(NOW);

    assertThat(report.done().stream().filter(done -> done.task().step() == Step.MAKE))
        .hasSizeLessThan(20);
    assertThat(report.waiting()).containsEntry("network.path_metrics", 500L);
    assertThat(database.rows("SELECT count(*) FROM network.path_metrics")).containsExactly("504");
  }

  @Test
  void aHundredPartitionsAPassForRowsThatWait() throws SQLException {
    database.maintainOnly("hub.metrics");
    var metrics = policy("hub.metrics");
    for (var days = 20; days < 125; days++) {
      database.store(metrics, NOW.minusSeconds(86_400L * days));
    }
    maintain(NOW);
    assertThat(maintain(NOW).done()).hasSize(5);
    assertThat(maintain(NOW).done()).isEmpty();
  }

  @Test
  void aPartitionThatSomebodyNeedsIsNamed() throws SQLException {
    database.maintainOnly("hub.correlations", "network.optical_metrics");
    maintain(NOW.minusSeconds(86_400L * 100));
    database.execute("CREATE VIEW public.mine AS SELECT * FROM hub.correlations_p20301205");
    try {
      var report = maintenance(NOW).run().orElseThrow();
      assertThat(report.failures())
          .singleElement()
          .satisfies(failed -> assertThat(failed.code()).isEqualTo(MaintenanceFailure.STEP_REFUSED))
          .asString()
          .contains("hub.correlations_p20301205", "public.mine");
      assertThat(report.done())
          .extracting(done -> done.task().target())
          .contains("hub.correlations_p20301204", "hub.correlations_p20301206");
    } finally {
      database.execute("DROP VIEW public.mine");
    }
  }
}
