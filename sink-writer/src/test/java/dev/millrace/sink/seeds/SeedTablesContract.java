package dev.millrace.sink.seeds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.embedded.junit.DatabaseFixture;
import dev.millrace.sink.Migrated;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Contract: the migrated database has every table, column, key, check, index, trigger and policy of
 * the seeds as they are, but for the differences that are written down, each with its reason.
 */
abstract class SeedTablesContract {
  private final PGSimpleDataSource database = new PGSimpleDataSource();

  SeedTablesContract(DatabaseFixture fixture) {
    database.setUrl(Migrated.url(fixture));
  }

  @Test
  void theDatabaseIsTheSeedsButForWhatIsWrittenDown() throws SQLException {
    try (var connection = database.getConnection()) {
      connection.setAutoCommit(false);
      var facts = comparable(connection, SeedFacts.all());
      var found =
          Comparison.differences(
              facts, new SeedDatabase(connection).canonical(facts), ours(connection, facts));
      var listed = Differences.listed(hasTimescale(connection));
      assertThat(listed).doesNotHaveDuplicates();
      SoftAssertions.assertSoftly(
          softly -> {
            softly
                .assertThat(found.stream().filter(each -> !listed.contains(each)))
                .as("differences that %s does not list", Differences.PAGE)
                .isEmpty();
            softly
                .assertThat(listed.stream().filter(each -> !found.contains(each)))
                .as("differences that %s lists and that are none", Differences.PAGE)
                .isEmpty();
          });
    }
  }

  private static boolean hasTimescale(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var found = statement.executeQuery("SELECT millrace.timescale_schema() IS NOT NULL")) {
      found.next();
      return found.getBoolean(1);
    }
  }

  private static List<SeedFact> ours(Connection connection, List<SeedFact> said)
      throws SQLException {
    var catalogue = new Catalogue(connection);
    var ours = new ArrayList<SeedFact>();
    for (var schema : said.stream().map(SeedFact::schema).distinct().toList()) {
      ours.addAll(catalogue.tables(schema, schema));
      ours.addAll(catalogue.policies(schema));
    }
    return ours;
  }

  /** Not every server is built with lz4; nothing is compressed with it there. */
  private static List<SeedFact> comparable(Connection connection, List<SeedFact> facts)
      throws SQLException {
    try (var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "SELECT 'lz4' = ANY (enumvals) FROM pg_settings WHERE name = 'default_toast_compression'")) {
      rows.next();
      var lz4 = rows.getBoolean(1);
      return facts.stream().filter(fact -> lz4 || !fact.kind().equals("compression")).toList();
    }
  }
}
