package dev.millrace.bench.schema;

import dev.millrace.bench.machine.ProcessCpu;
import dev.millrace.bench.report.Comparison;
import dev.millrace.bench.report.Samples;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Measures queries on one loaded database, on one connection: each runs with as many different
 * parameters as asked, once to warm up and then once a round. One thread.
 */
final class QuerySuite {
  private static final double P50_MILLIS = 25;
  private static final double P95_MILLIS = 50;
  private static final long SEED = 42;

  private final Connection connection;
  private final OptionalLong backend;
  private final Subjects subjects;
  private final int rounds;
  private final int runs;

  /**
   * @param backend the server's process behind the connection, where it runs on this machine
   * @param runs with parameters of their own, in every round
   */
  QuerySuite(Connection connection, OptionalLong backend, Subjects subjects, int rounds, int runs) {
    this.connection = connection;
    this.backend = backend;
    this.subjects = subjects;
    this.rounds = rounds;
    this.runs = runs;
  }

  /**
   * Three results: the median, the 95th percentile, and the partitions.
   *
   * @param flavour the database's, for the results' names
   */
  List<Comparison> measure(SchemaQuery query, String flavour) throws SQLException {
    var random = new SplittableRandom(SEED);
    var asked = IntStream.range(0, runs).mapToObj(run -> query.draw(subjects, random)).toList();
    var seen = new PlanCheck(connection, query).explain(asked);
    var measured = new ArrayList<List<QueryRunner.Run>>();
    var cpu = new ArrayList<Double>();
    try (var runner = new QueryRunner(connection, query)) {
      run(runner, asked);
      for (var round = 0; round < rounds; round++) {
        var before = cpuMillis();
        measured.add(run(runner, asked));
        cpu.add((cpuMillis() - before) / runs);
      }
    }
    var name = query.title() + "/" + flavour;
    var p50 = each(measured, round -> millis(round).median());
    var p95 = each(measured, round -> millis(round).quantile(0.95));
    return List.of(
        Comparison.withLimit(name + "/p50", "ms", p50, P50_MILLIS, details(measured, cpu, seen)),
        Comparison.withLimit(name + "/p95", "ms", p95, P95_MILLIS, Map.of()),
        partitions(name, seen));
  }

  /** Of use where others keep the machine busy. 0 where the server is elsewhere. */
  private double cpuMillis() {
    return backend.isPresent() ? ProcessCpu.seconds(backend.getAsLong()) * 1_000 : 0;
  }

  private static List<QueryRunner.Run> run(QueryRunner runner, List<Asked> asked)
      throws SQLException {
    var measured = new ArrayList<QueryRunner.Run>();
    for (var each : asked) {
      measured.add(runner.run(each));
    }
    return measured;
  }

  private static Samples each(
      List<List<QueryRunner.Run>> rounds, ToDoubleFunction<List<QueryRunner.Run>> figure) {
    return new Samples(rounds.stream().mapToDouble(figure).boxed().toList());
  }

  private static Samples millis(List<QueryRunner.Run> round) {
    return new Samples(round.stream().map(QueryRunner.Run::millis).toList());
  }

  private static Map<String, Object> details(
      List<List<QueryRunner.Run>> measured, List<Double> cpu, PlanCheck.Seen seen) {
    var rows = new Samples(measured.get(0).stream().map(run -> (double) run.rows()).toList());
    var details = new LinkedHashMap<String, Object>();
    details.put("rows", Math.round(rows.median()));
    details.put("most_rows", Math.round(rows.max()));
    details.put("mean_server_cpu_ms", Math.round(new Samples(cpu).median() * 10) / 10.0);
    details.put("planning_ms", Math.round(seen.planningMillis().median() * 10) / 10.0);
    details.put("blocks", Math.round(seen.blocks().median()));
    details.put("discarded_rows", Math.round(seen.discarded().median()));
    return details;
  }

  /** Ours is what a query may read and what it read beside that; the limit is what it may. */
  private static Comparison partitions(String name, PlanCheck.Seen seen) {
    var details = new LinkedHashMap<String, Object>();
    if (!seen.unneeded().isEmpty()) {
      details.put("unneeded", seen.unneeded());
    }
    return Comparison.withLimit(
        name + "/partitions",
        "partitions",
        Samples.of(seen.overlapping() + seen.unneeded().size()),
        seen.overlapping(),
        details);
  }
}
