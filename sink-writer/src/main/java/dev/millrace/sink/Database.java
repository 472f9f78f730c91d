package dev.millrace.sink;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.metrics.micrometer.MicrometerMetricsTrackerFactory;
import dev.millrace.failure.MillraceException;
import dev.millrace.failure.Owner;
import dev.millrace.sink.write.SqlFailures;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.util.Properties;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A pool of connections to one PostgreSQL. Opening it connects to nothing; connections are made
 * when they are needed and given up by the server when a transaction idles for a minute, so that a
 * writer that hangs holds no lock for longer. Safe for use by several threads.
 */
public final class Database implements AutoCloseable {
  /** Committed by itself: the pool rolls a new connection back, and the setting with it. */
  private static final String IDLE_LIMIT =
      "SET idle_in_transaction_session_timeout = '60s'; COMMIT";

  private static final int VALIDATION_MILLIS = 2_000;
  private static final int NO_CHECK_AT_START = -1;

  private final DatabaseConfig config;
  private final HikariDataSource pool;

  private Database(DatabaseConfig config, HikariDataSource pool) {
    this.config = config;
    this.pool = pool;
  }

  public static Database open(DatabaseConfig config) {
    var hikari = new HikariConfig();
    hikari.setPoolName("millrace");
    var driver = driver(config);
    hikari.setDataSource(driver);
    hikari.setAutoCommit(false);
    hikari.setMaximumPoolSize(config.poolSize());
    hikari.setMinimumIdle(0);
    hikari.setConnectionTimeout(config.connectTimeout().toMillis());
    hikari.setValidationTimeout(Math.min(VALIDATION_MILLIS, config.connectTimeout().toMillis()));
    hikari.setInitializationFailTimeout(NO_CHECK_AT_START);
    hikari.setConnectionInitSql(IDLE_LIMIT);
    return new Database(config, new KnockingPool(hikari, driver));
  }

  public DataSource dataSource() {
    return pool;
  }

  /** Has the pool count its connections, as {@code hikaricp.*}. To be called once. */
  public void countIn(MeterRegistry registry) {
    pool.setMetricsTrackerFactory(new MicrometerMetricsTrackerFactory(registry));
  }

  /**
   * Asks the server for a sign of life; answers within the connect time-out, and in any case within
   * 10 s unless that is set longer.
   *
   * @throws MillraceException {@link DatabaseFailure}, naming the address and what to do
   */
  public void check() {
    try (var connection = pool.getConnection();
        var statement = connection.createStatement()) {
      statement.execute("SELECT 1");
      connection.rollback();
    } catch (SQLException failed) {
      throw failure(failed);
    }
  }

  private MillraceException failure(SQLException failed) {
    var state = failed.getSQLState();
    if (SqlFailures.codeOf(state).owner() == Owner.CONFIGURATION) {
      return new MillraceException(
          DatabaseFailure.LOGIN_REFUSED,
          "the database at %s refuses %s: %s. Check database.user, database.password and the name of the database"
              .formatted(config.url(), shownUser(), rootMessage(failed)),
          failed);
    }
    return new MillraceException(
        DatabaseFailure.UNREACHABLE,
        "no database answers at %s: %s. Check that PostgreSQL runs there and that database.url names it"
            .formatted(config.url(), rootMessage(failed)),
        failed);
  }

  private String shownUser() {
    return config.user().isEmpty() ? "the default user" : "the user '" + config.user() + "'";
  }

  /** The pool's own failure says how long it waited; the driver's, what was wrong. */
  private static String rootMessage(SQLException failed) {
    var cause = failed.getCause();
    return String.valueOf((cause instanceof SQLException ? cause : failed).getMessage()).strip();
  }

  private static DataSource driver(DatabaseConfig config) {
    var driver = new PGSimpleDataSource();
    driver.setUrl(config.url());
    if (!config.user().isEmpty()) {
      driver.setUser(config.user());
    }
    if (!config.password().value().isEmpty()) {
      driver.setPassword(config.password().value());
    }
    driver.setConnectTimeout(seconds(config.connectTimeout().toMillis()));
    driver.setSocketTimeout(seconds(config.socketTimeout().toMillis()));
    driver.setApplicationName("millrace");
    setProperties(driver, config);
    return driver;
  }

  private static void setProperties(PGSimpleDataSource driver, DatabaseConfig config) {
    var properties = new Properties();
    config.properties().forEach((name, value) -> properties.setProperty(name, value.value()));
    for (var name : properties.stringPropertyNames()) {
      try {
        driver.setProperty(name, properties.getProperty(name));
      } catch (SQLException unknown) {
        throw SqlFailures.of("the driver's property '%s'".formatted(name), unknown);
      }
    }
  }

  private static int seconds(long millis) {
    return (int) Math.max(1, (millis + 999) / 1000);
  }

  @Override
  public void close() {
    pool.close();
  }

  @Override
  public String toString() {
    return "Database(%s, %s)".formatted(config.url(), shownUser());
  }
}
