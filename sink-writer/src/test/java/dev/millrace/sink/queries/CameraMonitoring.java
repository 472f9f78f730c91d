package dev.millrace.sink.queries;

import static dev.millrace.sink.queries.Answer.row;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an analyst sees of the server: sessions, statements, sizes, use of tables and indexes. */
abstract class CameraMonitoring extends CameraFindings {

  CameraMonitoring(QueriedDatabase database) {
    super(database);
  }

  /** Of sessions of other users an analyst sees that they are there, and not what they do. */
  @Test
  void activeQueries() throws SQLException {
    try (var working = session();
        var idle = session();
        var asking = session()) {
      working.run("SELECT 1", Map.of());
      idle.run("SELECT 1", Map.of());
      idle.rollback();
      var answer = asking.ask("active_queries");
      assertThat(answer.column("pid")).containsExactly((long) working.pid(), (long) asking.pid());
      assertThat(answer.column("state")).containsExactly("idle in transaction", "active");
    }
  }

  /** With a role of PostgreSQL's own, which an administrator gives to who may see all. */
  @Test
  void activeQueriesOfEverybody() throws SQLException {
    var operator = "operator_of_" + database.name();
    database.execute(
        "CREATE ROLE %s LOGIN IN ROLE millrace_reader, pg_read_all_stats".formatted(operator));
    try (var working = session();
        var asking = database.session("camera", operator)) {
      working.run("SELECT 1", Map.of());
      assertThat(asking.ask("active_queries").column("pid")).contains((long) working.pid());
    }
  }

  @Test
  void slowQueries() throws SQLException {
    database.execute("SELECT pg_stat_statements_reset()");
    try (var session = session()) {
      for (var run = 0; run < 3; run++) {
        session.run("SELECT sum(n * 3) AS counted_up FROM generate_series(1, 200000) n", Map.of());
      }
      var answer = session.ask("slow_queries");
      var counted =
          answer.rows().stream()
              .filter(row -> row.get(0).toString().contains("counted_up"))
              .toList();
      assertThat(counted).hasSize(1);
      assertThat(counted.get(0).get(1)).isEqualTo(3L);
      assertThat((Double) counted.get(0).get(2))
          .isBetween((Double) counted.get(0).get(3), (Double) counted.get(0).get(4));
      assertThat(answer.<Double>column("avg_time_ms"))
          .isSortedAccordingTo(Comparator.reverseOrder());
    }
  }

  @Test
  void tableSizes() throws SQLException {
    var answer = ask("table_sizes");
    var expected = Sizes.ofTables(database, null);
    expected.keySet().removeIf(table -> table.matches("(pg_catalog|information_schema)\\..*"));
    var sizes = new HashMap<String, Long>();
    for (var table : answer.rows()) {
      sizes.put(table.get(0) + "." + table.get(1), (Long) table.get(3));
      Sizes.assertPretty((String) table.get(2), (Long) table.get(3));
    }
    assertThat(sizes.keySet()).containsAll(expected.keySet());
    expected.forEach((table, bytes) -> Sizes.assertClose(sizes.get(table), bytes));
    assertThat(answer.<Long>column("size_bytes")).isSortedAccordingTo(Comparator.reverseOrder());
  }

  @Test
  void indexUsage() throws SQLException {
    try (var session = session()) {
      var before = scansOfAlertKey(session);
      session.run("SELECT set_config('enable_seqscan', 'off', true)", Map.of());
      session.run("SELECT set_config('enable_bitmapscan', 'off', true)", Map.of());
      for (var alert = 1; alert <= 3; alert++) {
        session.run("SELECT title FROM alerts WHERE alert_id = " + alert, Map.of());
      }
      session.run("SELECT pg_stat_force_next_flush()", Map.of());
      session.rollback();
      assertThat(scansOfAlertKey(session)).isEqualTo(before + 3);
    }
  }

  private static long scansOfAlertKey(Session session) throws SQLException {
    var answer = session.ask("index_usage");
    session.rollback();
    assertThat(answer.<Long>column("idx_scan")).isSorted();
    return answer.rows().stream()
        .filter(index -> index.subList(0, 3).equals(List.of("camera", "alerts", "alerts_pkey")))
        .mapToLong(index -> (Long) index.get(3))
        .sum();
  }

  /** By their names, which chunks have otherwise. */
  @Test
  void partitionSizes() throws SQLException {
    if (database.timescale()) {
      assertThat(ask("partition_sizes").rows()).isEmpty();
      return;
    }
    var names = new ArrayList<String>();
    partitions().newestFirst().forEach(partition -> names.add(partition.name()));
    names.sort(Comparator.reverseOrder());
    assertSizes(ask("partition_sizes"), "tablename", names.subList(0, 10));
  }

  @Test
  void partitionSizesOnEitherFlavour() throws SQLException {
    assertSizes(
        ask("partition_sizes_everywhere").withoutSchemas(),
        "partition",
        partitions().newestFirst().stream().limit(10).map(Partitions.Partition::name).toList());
  }

  private void assertSizes(Answer answer, String name, List<String> expected) throws SQLException {
    assertThat(answer.<String>column(name)).isEqualTo(expected);
    for (var partition : answer.rows()) {
      Sizes.assertPretty(
          (String) partition.get(1),
          database.bytesOf("camera.camera_events", (String) partition.get(0)));
    }
  }

  @Test
  void hotPartitions() throws SQLException {
    var answer = ask("hot_partitions").withoutSchemas();
    assertThat(answer.<String>column("partition"))
        .isEqualTo(
            partitions().newestFirst().stream()
                .filter(p -> p.from() != null && !p.from().isAfter(base()))
                .limit(7)
                .map(Partitions.Partition::name)
                .toList());
  }

  /** As it is written it counts partitions by their names, which chunks have otherwise. */
  @Test
  void tableHealth() throws SQLException {
    ask("table_health")
        .is(
            List.of(
                database.timescale()
                    ? row(0L, null)
                    : row((long) partitions().newestFirst().size(), "camera_events_pdefault")));
  }

  @Test
  void tableHealthOnEitherFlavour() throws SQLException {
    var newest = partitions().newestFirst();
    ask("table_health_everywhere").is(List.of(row((long) newest.size(), newest.get(0).from())));
  }

  private Partitions partitions() throws SQLException {
    return Partitions.of(database, "camera.camera_events", 1, base(), times());
  }

  @Test
  void writePerformance() throws SQLException {
    database.execute("UPDATE camera.cameras SET notes = 'seen'; SELECT pg_stat_force_next_flush()");
    var answer = ask("write_performance");
    assertThat(answer.only("relname", "inserts").rows())
        .contains(row("cameras", 3L), row("alerts", 80L));
    assertThat(answer.only("relname", "updates", "deletes").rows())
        .contains(row("cameras", 3L, 0L));
    assertThat(answer.<Long>column("inserts")).isSortedAccordingTo(Comparator.reverseOrder());
  }

  @Test
  void cacheHitRatio() throws SQLException {
    try (var session = session()) {
      var ratio = session.ask("cache_hit_ratio");
      // Within one transaction the server's statistics stand still.
      var tables =
          session.run("SELECT heap_blks_hit, heap_blks_read FROM pg_statio_user_tables", Map.of());
      var hit = BigDecimal.valueOf(sum(tables.column("heap_blks_hit")));
      var read = BigDecimal.valueOf(sum(tables.column("heap_blks_read")));
      var percentage =
          hit.multiply(BigDecimal.valueOf(100)).divide(hit.add(read), 2, RoundingMode.HALF_UP);
      ratio.is(List.of(row("cache_hit_ratio", percentage.doubleValue())));
    }
  }

  /** Views of what a table has no rows of have nulls. */
  private static long sum(List<Long> values) {
    return values.stream().filter(value -> value != null).mapToLong(Long::longValue).sum();
  }

  @Test
  void serverHealth() throws SQLException {
    var before = database.bytesOnDisk();
    try (var session = session()) {
      var answer = session.ask("server_health");
      answer
          .only("status", "database", "active_queries")
          .is(List.of(row("healthy", database.name(), 1L)));
      assertThat(answer.<String>column("version").get(0))
          .startsWith(
              "PostgreSQL " + session.connection().getMetaData().getDatabaseProductVersion());
      Sizes.assertBetween(answer.<Long>column("size_bytes").get(0), before, database.bytesOnDisk());
    }
  }
}
