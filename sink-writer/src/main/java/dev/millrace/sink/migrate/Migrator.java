package dev.millrace.sink.migrate;

import dev.millrace.failure.MillraceException;
import java.util.Arrays;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.flywaydb.core.api.output.MigrateOutput;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a database up to this version: runs what lies under {@code db/migration} on the class
 * path, one folder a domain, in the order of the versions, each once. What was run is kept in
 * {@code millrace.schema_history}. Several processes may migrate at once: one does, the others
 * wait. One thread.
 */
public final class Migrator {
  private static final Logger LOG = LoggerFactory.getLogger(Migrator.class);
  private static final String LOCATION = "classpath:db/migration";
  private static final String SCHEMA = "millrace";
  private static final String HISTORY = "schema_history";

  private final Flyway flyway;
  private final Roles roles;

  public Migrator(DataSource database) {
    var configuration =
        Flyway.configure()
            .dataSource(database)
            .locations(LOCATION)
            .failOnMissingLocations(true)
            .schemas(SCHEMA)
            .defaultSchema(SCHEMA)
            .createSchemas(true)
            .table(HISTORY)
            .outOfOrder(true);
    // A lock outside of a transaction, for statements that cannot run in one.
    configuration
        .getConfigurationExtension(PostgreSQLConfigurationExtension.class)
        .setTransactionalLock(false);
    flyway = configuration.load();
    roles = new Roles(database);
  }

  /**
   * Runs what was not run yet, and gives the roles what they are to have. What the user may not
   * give is logged as statements for an administrator; the tables are there all the same.
   *
   * @return the versions that were run, in order; empty if there was nothing to do
   * @throws MillraceException {@link MigrateFailure}
   */
  public List<String> migrate() {
    try {
      var run = flyway.migrate().migrations.stream().map(Migrator::describe).toList();
      giveRolesTheirPrivileges();
      return run;
    } catch (FlywayException failed) {
      throw failure(failed);
    }
  }

  /**
   * What {@link #migrate} would run.
   *
   * @throws MillraceException {@link MigrateFailure}
   */
  public List<String> pending() {
    try {
      return Arrays.stream(flyway.info().pending()).map(Migrator::describe).toList();
    } catch (FlywayException failed) {
      throw failure(failed);
    }
  }

  private void giveRolesTheirPrivileges() {
    var left = roles.apply();
    if (!left.isEmpty()) {
      LOG.warn(
          "the tables are there, but this user may not complete the roles; an administrator runs: {}; then migrate again",
          String.join("; ", left));
    }
  }

  private static String describe(MigrateOutput run) {
    return "%s %s".formatted(run.version, run.description);
  }

  private static String describe(MigrationInfo info) {
    return "%s %s".formatted(info.getVersion(), info.getDescription());
  }

  private static MillraceException failure(FlywayException failed) {
    if (failed instanceof FlywayValidateException) {
      return new MillraceException(
          MigrateFailure.MIGRATIONS_DIFFER,
          "the database was migrated by another version of Millrace: %s. Migrations are never changed once they have run; use the version that ran them, or a fresh database"
              .formatted(oneLine(failed)),
          failed);
    }
    return new MillraceException(
        MigrateFailure.MIGRATION_FAILED,
        "the migration failed: %s. What ran before it stays; mend the cause and migrate again"
            .formatted(oneLine(failed)),
        failed);
  }

  private static String oneLine(FlywayException failed) {
    return failed.getMessage().strip().replaceAll("\\s*\\R\\s*", "; ");
  }
}
