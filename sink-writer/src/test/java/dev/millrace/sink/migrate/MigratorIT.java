package dev.millrace.sink.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.embedded.junit.DatabaseExtension;
import dev.millrace.embedded.junit.DatabaseFixture;
import dev.millrace.failure.MillraceException;
import java.sql.SQLException;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postgresql.ds.PGSimpleDataSource;

@ExtendWith(DatabaseExtension.class)
class MigratorIT {
  private final PGSimpleDataSource database = new PGSimpleDataSource();
  private final Migrator migrator;

  MigratorIT(DatabaseFixture fixture) {
    database.setUrl(fixture.jdbcUrl());
    migrator = new Migrator(database);
  }

  @BeforeEach
  void empty() throws SQLException {
    execute("DROP SCHEMA IF EXISTS millrace, audio, network, hub, camera, fiber, insight CASCADE");
  }

  @Test
  void runsTheMigrationsOfEveryFolderOnce() {
    var pending = migrator.pending();
    assertThat(pending)
        .contains(
            "001 progress (pipeline/V001__progress.sql)",
            "010 audio (audio/V010__audio.sql)",
            "060 insight (insight/V060__insight.sql)")
        .isSorted();
    assertThat(migrator.migrate()).isEqualTo(pending);
    assertThat(migrator.pending()).isEmpty();
    assertThat(migrator.migrate()).isEmpty();
  }

  @Test
  void saysSoIfAMigrationThatRanWasChanged() throws SQLException {
    migrator.migrate();
    execute("UPDATE millrace.schema_history SET checksum = 1 WHERE version = '010'");
    assertThatThrownBy(migrator::migrate)
        .isInstanceOfSatisfying(
            MillraceException.class,
            failed -> assertThat(failed.code()).isEqualTo(MigrateFailure.MIGRATIONS_DIFFER))
        .hasMessageContaining("audio/V010__audio.sql");
    assertThatThrownBy(migrator::pending).hasMessageContaining("audio/V010__audio.sql");
  }

  @Test
  void leavesADatabaseOfANewerVersionAlone() throws SQLException {
    migrator.migrate();
    execute(
        """
        INSERT INTO millrace.schema_history
          (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success)
        VALUES (900, '999', 'hence', 'SQL', 'pipeline/V999__hence.sql', 1, 'x', 1, true)""");
    for (ThrowingCallable either :
        List.<ThrowingCallable>of(migrator::migrate, migrator::pending)) {
      assertThatThrownBy(either)
          .isInstanceOfSatisfying(
              MillraceException.class,
              failed -> assertThat(failed.code()).isEqualTo(MigrateFailure.DATABASE_NEWER))
          .hasMessageContaining("999 hence (pipeline/V999__hence.sql)")
          .hasMessageContaining("A newer version has migrated it");
    }
  }

  @Test
  void saysWhichStatementFailed() throws SQLException {
    execute("CREATE SCHEMA audio");
    execute("CREATE TABLE audio.traces (id int)");
    assertThatThrownBy(migrator::migrate)
        .isInstanceOfSatisfying(
            MillraceException.class,
            failed -> assertThat(failed.code()).isEqualTo(MigrateFailure.MIGRATION_FAILED))
        .hasMessageContaining("010 audio (audio/V010__audio.sql)")
        .hasMessageContaining("already exists")
        .hasMessageContaining("kept: 001, 005");
  }

  private void execute(String sql) throws SQLException {
    try (var connection = database.getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
