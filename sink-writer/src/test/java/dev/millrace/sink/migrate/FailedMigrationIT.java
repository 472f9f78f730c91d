package dev.millrace.sink.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.millrace.embedded.junit.DatabaseExtension;
import dev.millrace.embedded.junit.DatabaseFixture;
import dev.millrace.failure.FailureCode;
import dev.millrace.failure.MillraceException;
import dev.millrace.failure.Owner;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postgresql.ds.PGSimpleDataSource;

/** Where a database stands after a migration that failed, and what is said of it. */
@ExtendWith(DatabaseExtension.class)
class FailedMigrationIT {
  private final PGSimpleDataSource database = new PGSimpleDataSource();
  private Connection connection;

  FailedMigrationIT(DatabaseFixture fixture) {
    database.setUrl(fixture.jdbcUrl());
  }

  @BeforeEach
  void empty() throws SQLException {
    connection = database.getConnection();
    execute("DROP SCHEMA IF EXISTS millrace, shop CASCADE");
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  @Test
  void inATransactionLeavesTheDatabaseAsItWas() throws SQLException {
    executeAfterFirst("broken", "INSERT INTO shop.orders VALUES (1)");

    assertThatThrownBy(migrator("broken")::migrate)
        .satisfies(failed -> assertThat(code(failed)).isEqualTo(MigrateFailure.MIGRATION_FAILED))
        .hasMessageContaining("002 lines (V002__lines.sql)")
        .hasMessageContaining("line 4")
        .hasMessageContaining("ALTER TABLE shop.orders ADD COLUMN placed_at DATE NOT NULL")
        .hasMessageContaining("contains null values (SQLSTATE 23502)")
        .hasMessageContaining("It was rolled back. No other migration was run")
        .hasMessageContaining("Mend the cause and migrate again");
    assertThat(rows("SELECT version FROM millrace.schema_history WHERE version IS NOT NULL"))
        .containsExactly("001");
    assertThat(tables()).containsExactly("orders");
    assertThat(migrator("broken").pending())
        .containsExactly("002 lines (V002__lines.sql)", "003 later (V003__later.sql)");

    execute("DELETE FROM shop.orders");
    assertThat(migrator("broken").migrate()).hasSize(2);
    assertThat(tables()).containsExactly("later", "lines", "never", "orders");
  }

  @Test
  void withoutATransactionIsLeftHalfDone() throws SQLException {
    assertThatThrownBy(migrator("halfdone")::migrate)
        .satisfies(failed -> assertThat(code(failed)).isEqualTo(MigrateFailure.HALF_DONE))
        .hasMessageContaining("002 indexes (V002__indexes.sql)")
        .hasMessageContaining("line 2")
        .hasMessageContaining("column \"day\" does not exist")
        .hasMessageContaining("left half done")
        .hasMessageContaining("Run before it, and kept: 001")
        .hasMessageContaining("DELETE FROM millrace.schema_history WHERE NOT success");
    assertThat(rows("SELECT relname FROM pg_class WHERE relname LIKE 'by\\_%'"))
        .containsExactly("by_id");

    for (var again = 0; again < 2; again++) {
      assertThatThrownBy(migrator("halfdone")::migrate)
          .satisfies(failed -> assertThat(code(failed)).isEqualTo(MigrateFailure.HALF_DONE))
          .hasMessageContaining("failed midway before")
          .hasMessageContaining("002 indexes (V002__indexes.sql)");
    }

    execute("DELETE FROM millrace.schema_history WHERE NOT success");
    execute("DROP INDEX shop.by_id");
    execute("ALTER TABLE shop.orders ADD COLUMN day DATE");
    assertThat(migrator("halfdone").migrate()).containsExactly("002 indexes (V002__indexes.sql)");
  }

  @Test
  void ofALostConnectionIsRolledBack() throws SQLException {
    assertThatThrownBy(migrator("cutoff")::migrate)
        .satisfies(failed -> assertThat(code(failed)).isEqualTo(MigrateFailure.CONNECTION_LOST))
        .satisfies(failed -> assertThat(code(failed).owner()).isEqualTo(Owner.OUTAGE))
        .hasMessageContaining("002 cut off (V002__cut_off.sql)")
        .hasMessageContaining("line 2")
        .hasMessageContaining("57P01")
        .hasMessageContaining("It was rolled back. Run before it, and kept: 001");
    assertThat(tables()).containsExactly("orders");
  }

  @Test
  void ofWhoMayNotMakeASchemaSaysSo() throws SQLException {
    execute("DROP ROLE IF EXISTS visitor");
    execute("CREATE ROLE visitor LOGIN");
    var visitor = new PGSimpleDataSource();
    visitor.setUrl(database.getUrl());
    visitor.setUser("visitor");
    var migrator = new Migrator(configuration("broken", visitor));

    assertThatThrownBy(migrator::migrate)
        .satisfies(failed -> assertThat(code(failed)).isEqualTo(MigrateFailure.PRIVILEGE_MISSING))
        .hasMessageContaining("permission denied for database")
        .hasMessageContaining("Nothing was changed");

    execute("CREATE SCHEMA millrace AUTHORIZATION visitor");
    assertThatThrownBy(migrator::migrate)
        .satisfies(failed -> assertThat(code(failed)).isEqualTo(MigrateFailure.PRIVILEGE_MISSING))
        .hasMessageContaining("001 shop (V001__shop.sql)")
        .hasMessageContaining("permission denied for database")
        .hasMessageContaining("It was rolled back")
        .hasMessageContaining("Migrate as the owner");
  }

  @Test
  void othersWaitWhileOneMigrates() throws Exception {
    var pool = Executors.newFixedThreadPool(3);
    try {
      execute("SELECT pg_advisory_lock(4711)");
      var runs = new ArrayList<Future<List<String>>>();
      for (var process = 0; process < 3; process++) {
        runs.add(pool.submit(() -> migrator("held").migrate()));
      }
      await()
          .untilAsserted(
              () ->
                  assertThat(
                          rows(
                              "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND objid = 4711"))
                      .hasSize(1));
      assertThat(runs).noneMatch(run -> run.isDone());
      execute("SELECT pg_advisory_unlock(4711)");

      var ran = new ArrayList<String>();
      for (var run : runs) {
        ran.addAll(run.get());
      }
      assertThat(ran).containsExactly("001 held (V001__held.sql)");
      assertThat(rows("SELECT 1 FROM millrace.schema_history WHERE version = '001'")).hasSize(1);
    } finally {
      pool.shutdownNow();
    }
    assertThat(Migrator.configuration(database).getLockRetryCount()).isEqualTo(-1);
  }

  /** Runs the first migration alone, then a statement. */
  private void executeAfterFirst(String folder, String sql) throws SQLException {
    new Migrator(configuration(folder, database).target("001")).migrate();
    execute(sql);
  }

  private Migrator migrator(String folder) {
    return new Migrator(configuration(folder, database));
  }

  private static FluentConfiguration configuration(String folder, PGSimpleDataSource database) {
    return Migrator.configuration(database).locations("classpath:migrations/" + folder);
  }

  private static FailureCode code(Throwable failed) {
    return ((MillraceException) failed).code();
  }

  private List<String> tables() throws SQLException {
    return rows(
        "SELECT relname FROM pg_class WHERE relnamespace = 'shop'::regnamespace AND relkind = 'r' ORDER BY 1");
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
