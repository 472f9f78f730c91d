package dev.millrace.sink.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.embedded.junit.DatabaseFixture;
import dev.millrace.embedded.junit.TimescaleExtension;
import dev.millrace.failure.MillraceException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postgresql.ds.PGSimpleDataSource;

/** The pass of its own, up to the first statement for which the Apache edition has no licence. */
@ExtendWith(TimescaleExtension.class)
class CommunityMigrationsIT {
  private static final String STORED =
      "SELECT version FROM millrace.community_history WHERE success ORDER BY installed_rank";

  private final PGSimpleDataSource database = new PGSimpleDataSource();
  private final CommunityMigrations community;

  CommunityMigrationsIT(DatabaseFixture fixture) {
    database.setUrl(fixture.jdbcUrl());
    new Migrator(database).migrate();
    community = new CommunityMigrations(database);
  }

  @BeforeEach
  void begin() throws SQLException {
    execute("ALTER ROLE millrace_owner LOGIN");
    execute("DROP TABLE IF EXISTS millrace.community_history");
    dropFunctions();
  }

  @AfterEach
  void end() throws SQLException {
    execute("ALTER ROLE millrace_owner NOLOGIN");
  }

  @Test
  void listsItsScripts() {
    assertThat(community.pending())
        .startsWith("community 010 policies", "community 030 metrics hourly")
        .endsWith("community 051 aggregates filled");
  }

  /** Jobs of TimescaleDB run as the owner of their table. */
  @Test
  void waitsForAnOwnerWhoCanLogIn() throws SQLException {
    execute("ALTER ROLE millrace_owner NOLOGIN");
    assertThat(community.migrate()).isEmpty();
    assertThat(rows("SELECT to_regclass('millrace.community_history')"))
        .containsExactly((String) null);
  }

  @Test
  void keepsAHistoryOfItsOwn() throws SQLException {
    assertRefusedForItsLicence();
    assertThat(rows(STORED)).containsExactly("000", "010");
    assertThat(new Migrator(database).pending()).isEmpty();
  }

  /** Outside of a transaction a script leaves its failure in the history. */
  @Test
  void runsAScriptThatBrokeAgain() throws SQLException {
    assertRefusedForItsLicence();
    execute("UPDATE millrace.community_history SET success = false WHERE version = '010'");
    dropFunctions();
    assertRefusedForItsLicence();
    assertThat(rows(STORED)).containsExactly("000", "010");
  }

  private void assertRefusedForItsLicence() {
    assertThatThrownBy(community::migrate)
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("V030__metrics_hourly.sql")
        .hasMessageContaining("under the current \"apache\" license");
  }

  private void dropFunctions() throws SQLException {
    execute(
        "DROP FUNCTION IF EXISTS millrace.apply_jobs, millrace.missing_jobs, millrace.interval_of_job");
  }

  private void execute(String sql) throws SQLException {
    try (var connection = database.getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private List<String> rows(String sql) throws SQLException {
    try (var connection = database.getConnection();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      var values = new ArrayList<String>();
      while (rows.next()) {
        values.add(rows.getString(1));
      }
      return values;
    }
  }
}
