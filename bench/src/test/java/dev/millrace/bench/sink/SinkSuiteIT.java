package dev.millrace.bench.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.bench.server.DatabaseServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The suite's own parts, small: without psql and Debezium, which are not on every machine. */
class SinkSuiteIT {
  private static final int ROWS = 4_000;
  private static final StringWriter SAID = new StringWriter();

  private static Scene scene;

  @BeforeAll
  static void open() {
    scene =
        Scene.open(
            DatabaseServer::embedded, Path.of("psql"), Path.of("."), new PrintWriter(SAID, true));
  }

  @AfterAll
  static void close() {
    scene.close();
  }

  @Test
  void everyRunOfTheSinkStoresEveryRowAndSaysWhatItTook() throws Exception {
    var load = Loads.of(ROWS, ROWS).audioOnTwoPartitions();
    LoadedTopic.fill(scene.broker(), load);
    var table = new TargetTable(scene.source(), load);
    table.makePartitions();
    try (var sink = scene.sink(load, 2)) {
      var runs = new Contest(load, table, table::empty, scene).measure(List.of(sink), 0, 2);
      assertThat(runs.get(sink))
          .hasSize(2)
          .allSatisfy(
              run -> {
                assertThat(run.rows()).isEqualTo(ROWS);
                assertThat(run.seconds()).isPositive();
                assertThat(run.cpuPerMillion()).isPositive();
                assertThat(run.databaseCpuPerMillion()).isPositive();
                assertThat(run.batches().orElseThrow()).isBetween(2L, (long) ROWS);
              });
    }
    assertThat(SAID.toString()).contains("two, warm-up: sink", "two, round 2: sink");
  }

  @Test
  void aSideThatLosesRowsIsNoSide() {
    var load = Loads.of(ROWS, ROWS).audio();
    var table = new TargetTable(scene.source(), load);
    var contest = new Contest(load, table, table::empty, scene);
    assertThatThrownBy(() -> contest.measure(List.of(new Idle()), 0, 1))
        .hasMessage("idle left 0 rows of 4000");
  }

  private record Idle() implements Side {
    @Override
    public String name() {
      return "idle";
    }

    @Override
    public Run run() {
      return Run.of(ROWS, 1);
    }

    @Override
    public void close() {
      // It has nothing.
    }
  }

  @Test
  void aBareTableTakesThePlaceOfTheIndexedOneForAWhile() throws Exception {
    var table = new TargetTable(scene.source(), Loads.of(ROWS, ROWS).bareAudio());
    var before = indexes();
    table.layBare();
    assertThat(before).isPositive();
    assertThat(indexes()).isZero();
    table.restore();
    assertThat(indexes()).isEqualTo(before);
  }

  private static long indexes() throws Exception {
    try (var connection = scene.source().getConnection();
        var statement = connection.createStatement();
        var row =
            statement.executeQuery(
                "SELECT count(*) FROM pg_index WHERE indrelid = 'audio.metrics_agg_5s'::regclass")) {
      row.next();
      return row.getLong(1);
    }
  }

  /** How long it took is not judged here, only that each record has a time. */
  @Test
  void everyRecordOfASteadyFeedIsSeen() throws Exception {
    var length = new LatencyBenchmark.Length(1, 1, 1);
    var result = new LatencyBenchmark(scene, Loads.of(ROWS, ROWS), length).measure();
    assertThat(result.ours().median()).isPositive();
    assertThat(result.other().median()).isEqualTo(250);
    assertThat(result.details()).containsKeys("p50", "records/s");
  }
}
