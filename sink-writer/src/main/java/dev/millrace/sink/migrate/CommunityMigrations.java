package dev.millrace.sink.migrate;

import dev.millrace.failure.MillraceException;
import dev.millrace.sink.write.SqlFailures;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What only the Community edition of TimescaleDB can do: continuous aggregates, compression,
 * retention by its own jobs. Runs what lies under {@code db/community}, each once, with a history
 * of its own, and then brings the jobs to what the policies say. So a database whose licence
 * setting is changed gets all of it with the next migration. One thread.
 */
final class CommunityMigrations {
  private static final Logger LOG = LoggerFactory.getLogger(CommunityMigrations.class);
  private static final String LOCATION = "classpath:db/community";
  private static final String HISTORY = "community_history";

  /** Its jobs run as the owner of the tables; the names are quoted where they have to be. */
  private static final String SURROUNDINGS =
      """
      SELECT millrace.timescale_schema(), quote_ident(r.rolname), r.rolcanlogin
      FROM pg_catalog.pg_class c JOIN pg_catalog.pg_roles r ON r.oid = c.relowner
      WHERE c.oid = 'millrace.partition_policy'::regclass
      """;

  private static final String APPLY_JOBS = "SELECT statement FROM millrace.apply_jobs() statement";

  private final DataSource database;

  CommunityMigrations(DataSource database) {
    this.database = database;
  }

  private record Surroundings(String extensionSchema, String owner, boolean ownerCanLogIn) {}

  /**
   * Runs what was not run yet. The tables are there, and the database is of the Community edition.
   *
   * @return what was run, in order
   * @throws MillraceException {@link MigrateFailure#MIGRATION_FAILED}
   */
  List<String> migrate() {
    var around = surroundings();
    if (!around.ownerCanLogIn()) {
      LOG.warn(
          "jobs of TimescaleDB run as {}, which cannot log in: compression, retention jobs and continuous aggregates wait for ALTER ROLE {} LOGIN, and the next migration",
          around.owner(),
          around.owner());
      return List.of();
    }
    var run = new ArrayList<>(runScripts(flyway(around)));
    run.addAll(applyJobs());
    return run;
  }

  private static List<String> runScripts(Flyway flyway) {
    try {
      if (Arrays.stream(flyway.info().all()).anyMatch(CommunityMigrations::broke)) {
        // Only scripts that run outside of a transaction leave that; they can run again.
        flyway.repair();
      }
      return flyway.migrate().migrations.stream()
          .map(each -> "community %s %s".formatted(each.version, each.description))
          .toList();
    } catch (FlywayException failed) {
      throw new MillraceException(
          MigrateFailure.MIGRATION_FAILED,
          "the tables are there, but what only the Community edition has is not complete: %s. Mend the cause and migrate again"
              .formatted(failed.getMessage().strip().replaceAll("\\s*\\R\\s*", "; ")),
          failed);
    }
  }

  /** The scripts {@link #migrate} would run; jobs follow from the policies. */
  List<String> pending() {
    var flyway = flyway(new Surroundings("", "", true));
    return Arrays.stream(flyway.info().pending()).map(CommunityMigrations::describe).toList();
  }

  private static String describe(MigrationInfo info) {
    return "community %s %s".formatted(info.getVersion(), info.getDescription());
  }

  private static boolean broke(MigrationInfo info) {
    return info.getState() == MigrationState.FAILED;
  }

  private Flyway flyway(Surroundings around) {
    return Migrator.configuration(database)
        .locations(LOCATION)
        .createSchemas(false)
        .table(HISTORY)
        // The schema has the tables of the first pass in it.
        .baselineOnMigrate(true)
        .baselineVersion("000")
        .placeholders(Map.of("timescaledb", around.extensionSchema(), "owner", around.owner()))
        .load();
  }

  private Surroundings surroundings() {
    try (var connection = database.getConnection();
        var statement = connection.createStatement();
        var row = statement.executeQuery(SURROUNDINGS)) {
      row.next();
      return new Surroundings(row.getString(1), row.getString(2), row.getBoolean(3));
    } catch (SQLException failed) {
      throw failure("looking where timescaledb is", failed);
    }
  }

  private List<String> applyJobs() {
    try (var connection = database.getConnection()) {
      connection.setAutoCommit(false);
      var run = new ArrayList<String>();
      try (var statement = connection.createStatement();
          var rows = statement.executeQuery(APPLY_JOBS)) {
        while (rows.next()) {
          run.add("community " + rows.getString(1));
        }
      }
      connection.commit();
      return run;
    } catch (SQLException failed) {
      throw failure("setting up the jobs of timescaledb", failed);
    }
  }

  private static MillraceException failure(String what, SQLException failed) {
    return SqlFailures.of(what, failed);
  }
}
