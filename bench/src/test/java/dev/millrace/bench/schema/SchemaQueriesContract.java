package dev.millrace.bench.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.bench.load.GeneratedTable;
import dev.millrace.embedded.junit.DatabaseFixture;
import java.io.PrintWriter;
import java.io.Writer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.postgresql.ds.PGSimpleDataSource;

/** Contract: the analysts' queries find rows, and read no partition that they do not need. */
abstract class SchemaQueriesContract {
  private static final int RUNS = 10;

  private final Scale scale =
      new Scale(20_000, 40_000, 20_000, 14, Instant.now().truncatedTo(ChronoUnit.SECONDS));

  private final PGSimpleDataSource dataSource = new PGSimpleDataSource();
  private final BenchDatabase database;

  SchemaQueriesContract(DatabaseFixture fixture) {
    dataSource.setUrl(fixture.jdbcUrl());
    database = new BenchDatabase(dataSource, new PrintWriter(Writer.nullWriter()));
  }

  @TestFactory
  Stream<DynamicTest> onceLoaded() throws SQLException {
    database.migrate();
    database.load(scale, 2);
    var queries =
        Stream.of(SchemaQuery.values())
            .map(query -> DynamicTest.dynamicTest(query.title(), () -> check(query)));
    return Stream.concat(
        Stream.of(DynamicTest.dynamicTest("holds what was generated", this::countRows)), queries);
  }

  private void countRows() throws SQLException {
    assertThat(database.loaded()).contains(scale);
    for (var table : scale.tables()) {
      assertThat(count(table)).as(table.type().topic()).isEqualTo(table.rows());
    }
  }

  private long count(GeneratedTable table) throws SQLException {
    try (var connection = database.connect();
        var statement = connection.createStatement();
        var row = statement.executeQuery("SELECT count(*) FROM " + table.type().table().get())) {
      row.next();
      return row.getLong(1);
    }
  }

  /** It finds rows, and reads no partition that it does not need. */
  private void check(SchemaQuery query) throws SQLException {
    var random = new SplittableRandom(7);
    var asked = Stream.generate(() -> query.draw(scale.subjects(), random)).limit(RUNS).toList();
    try (var connection = database.connect()) {
      assertThat(rows(connection, query, asked)).isPositive();
      var seen = new PlanCheck(connection, query).explain(asked);
      assertThat(seen.unneeded()).isEmpty();
      assertThat(seen.overlapping())
          .isPositive()
          .isLessThan(Partitions.of(connection, query.table()).all().size());
      if (query == SchemaQuery.HUB_AGGREGATE) {
        assertThat(seen.discarded().max()).as("rows of minutes, read for hours").isZero();
      }
    }
  }

  private static long rows(Connection connection, SchemaQuery query, Iterable<Asked> asked)
      throws SQLException {
    var rows = 0L;
    try (var runner = new QueryRunner(connection, query)) {
      for (var each : asked) {
        rows += runner.run(each).rows();
      }
    }
    return rows;
  }
}
