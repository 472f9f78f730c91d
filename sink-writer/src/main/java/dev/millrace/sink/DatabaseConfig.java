package dev.millrace.sink;

import dev.millrace.config.Key;
import dev.millrace.config.Secret;
import dev.millrace.config.Settings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Where the database is and who logs in.
 *
 * @param url the address for JDBC, without any property: safe to print
 * @param user who logs in; empty for the operating system's user
 * @param password never printed
 * @param connectTimeout how long a connection may take to be made
 * @param socketTimeout how long an answer may take before the connection counts as lost
 * @param poolSize most connections at a time
 * @param properties the driver's own settings, passed on untouched
 */
public record DatabaseConfig(
    String url,
    String user,
    Secret password,
    Duration connectTimeout,
    Duration socketTimeout,
    int poolSize,
    Map<String, Secret> properties) {

  /** Keys that begin with this go to the driver untouched, e.g. {@code sslrootcert}. */
  public static final String PROPERTIES_PREFIX = "database.properties.";

  static final Key URL =
      new Key(
          "database.url",
          null,
          "address of the database, jdbc:postgresql://host:5432/name or postgresql://user@host:5432/name");
  static final Key USER = new Key("database.user", "", "who logs in; wins over the URL's user");
  static final Key PASSWORD =
      new Key("database.password", "", "secret; wins over the URL's password");
  static final Key CONNECT_TIMEOUT =
      new Key("database.connect_timeout_ms", "3000", "how long a connection may take to be made");
  static final Key SOCKET_TIMEOUT =
      new Key("database.socket_timeout_ms", "60000", "how long an answer of the server may take");
  static final Key POOL_SIZE = new Key("database.pool_size", "4", "most connections at a time");

  /** Every key. */
  public static final List<Key> KEYS =
      List.of(URL, USER, PASSWORD, CONNECT_TIMEOUT, SOCKET_TIMEOUT, POOL_SIZE);

  public DatabaseConfig {
    Objects.requireNonNull(url);
    Objects.requireNonNull(user);
    Objects.requireNonNull(password);
    properties = Map.copyOf(properties);
  }

  /** Reads the keys; problems are noted in {@code settings}. */
  public static DatabaseConfig from(Settings settings) {
    var given = settings.text(URL);
    var address = DatabaseUrl.parse(given);
    if (address.isEmpty() && !given.isEmpty()) {
      settings.problem(
          URL, "is no address of the form postgresql://user@host:5432/name or jdbc:postgresql://…");
    }
    var url = address.orElse(new DatabaseUrl("", "", Map.of()));
    var properties = new HashMap<String, Secret>();
    url.others().forEach((name, value) -> properties.put(name, new Secret(value)));
    settings
        .passThrough(PROPERTIES_PREFIX)
        .forEach((name, value) -> properties.put(name, new Secret(value)));
    return new DatabaseConfig(
        url.jdbc(),
        settings.find(USER).filter(user -> !user.isBlank()).or(url::user).orElse(""),
        password(settings, url),
        settings.millis(CONNECT_TIMEOUT, Duration.ofMillis(250), Duration.ofSeconds(30)),
        settings.millis(SOCKET_TIMEOUT, Duration.ofSeconds(1), Duration.ofMinutes(4)),
        (int) settings.integer(POOL_SIZE, 1, 100),
        properties);
  }

  /** A database whose address says everything, e.g. an embedded one. */
  public static DatabaseConfig of(String url) {
    return of(Map.of(URL.name(), url));
  }

  /** A database that the configuration does not name: these keys, and defaults. */
  public static DatabaseConfig of(Map<String, String> keys) {
    var settings = Settings.of(keys);
    var config = from(settings);
    settings.requireValid(KEYS, List.of(PROPERTIES_PREFIX));
    return config;
  }

  /**
   * The same, for statements that take as long as they take: an answer is waited for without limit,
   * unless {@code database.properties.socketTimeout} sets one. A peer that is gone is found out by
   * the system's keep-alive.
   */
  public DatabaseConfig patient() {
    var patient = new HashMap<String, Secret>();
    patient.put("socketTimeout", new Secret("0"));
    patient.put("tcpKeepAlive", new Secret("true"));
    patient.putAll(properties);
    return new DatabaseConfig(
        url, user, password, connectTimeout, socketTimeout, poolSize, patient);
  }

  private static Secret password(Settings settings, DatabaseUrl url) {
    var given = settings.secret(PASSWORD);
    return given.value().isEmpty() ? new Secret(url.password().orElse("")) : given;
  }
}
