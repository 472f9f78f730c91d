package dev.millrace.sink.migrate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.output.MigrateOutput;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a database up to this version: runs what lies under {@code db/migration} on the class
 * path, one folder a domain, in the order of the versions, each once. What was run is kept in
 * {@code millrace.schema_history}, what it made in {@code millrace.made}. Several processes may
 * migrate at once: one does, the others wait. One thread.
 */
public final class Migrator {
  private static final Logger LOG = LoggerFactory.getLogger(Migrator.class);
  private static final String LOCATION = "classpath:db/migration";
  private static final String SCHEMA = "millrace";
  private static final String HISTORY = "schema_history";

  /** Tries, one a second, to get at the history while another process migrates. */
  private static final int WAIT_FOR_EVER = -1;

  private final DataSource database;
  private final Flyway flyway;
  private final Roles roles;
  private final CommunityMigrations community;

  public Migrator(DataSource database) {
    this(configuration(database));
  }

  Migrator(FluentConfiguration configuration) {
    database = configuration.getDataSource();
    flyway = configuration.load();
    roles = new Roles(database);
    community = new CommunityMigrations(database);
  }

  static FluentConfiguration configuration(DataSource database) {
    var configuration =
        Flyway.configure()
            .dataSource(database)
            .locations(LOCATION)
            .failOnMissingLocations(true)
            .schemas(SCHEMA)
            .defaultSchema(SCHEMA)
            .createSchemas(true)
            .table(HISTORY)
            .callbacks(new MadeObjects())
            .lockRetryCount(WAIT_FOR_EVER)
            .outOfOrder(true);
    // A lock outside of a transaction, for statements that cannot run in one.
    configuration
        .getConfigurationExtension(PostgreSQLConfigurationExtension.class)
        .setTransactionalLock(false);
    return configuration;
  }

  /**
   * Runs what was not run yet, and gives the roles what they are to have. What the user may not
   * give is logged as statements for an administrator; the tables are there all the same. Where the
   * database is of the Community edition, what only that can do comes last.
   *
   * @return the migrations that were run, in order; empty if there was nothing to do
   * @throws dev.millrace.failure.MillraceException {@link MigrateFailure}
   */
  public List<String> migrate() {
    try {
      var run = new ArrayList<>(runScripts());
      var left = roles.apply();
      if (edition().community()) {
        run.addAll(community.migrate());
        left = roles.apply();
      }
      tellAnAdministrator(left);
      return run;
    } catch (FlywayException failed) {
      throw MigrationFailures.of(failed);
    }
  }

  /**
   * What {@link #migrate} would run: version, description and script.
   *
   * @throws dev.millrace.failure.MillraceException {@link MigrateFailure}
   */
  public List<String> pending() {
    try {
      requireKnown();
      var pending =
          new ArrayList<>(Arrays.stream(flyway.info().pending()).map(Migrator::describe).toList());
      if (edition().community()) {
        pending.addAll(community.pending());
      }
      return pending;
    } catch (FlywayException failed) {
      throw MigrationFailures.of(failed);
    }
  }

  /** What kind of database it is, and so which migrations there are for it. */
  public Edition edition() {
    return Edition.of(database);
  }

  private List<String> runScripts() {
    Map<String, String> scripts =
        Arrays.stream(requireKnown())
            .collect(
                Collectors.toMap(
                    info -> key(info.getVersion(), info.getDescription()),
                    Migrator::describe,
                    (first, again) -> again));
    Function<MigrateOutput, String> describe =
        run -> scripts.get(key(run.version, run.description));
    return flyway.migrate().migrations.stream().map(describe).toList();
  }

  private static void tellAnAdministrator(List<String> left) {
    if (!left.isEmpty()) {
      LOG.warn(
          "the tables are there, but this user may not complete the roles; an administrator runs: {}; then migrate again",
          String.join("; ", left));
    }
  }

  private MigrationInfo[] requireKnown() {
    var all = flyway.info().all();
    HistoryCheck.requireKnown(all);
    return all;
  }

  private static String key(Object version, String description) {
    return version == null || version.toString().isEmpty()
        ? description
        : version + " " + description;
  }

  static String describe(MigrationInfo info) {
    return "%s (%s)".formatted(key(info.getVersion(), info.getDescription()), info.getScript());
  }
}
