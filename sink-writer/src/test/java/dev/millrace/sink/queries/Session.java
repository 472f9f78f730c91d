package dev.millrace.sink.queries;

import static java.util.stream.Collectors.joining;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.postgresql.PGConnection;

/**
 * One session of an analyst. A query runs in a transaction, so that what NOW() was to it is known.
 * One thread.
 */
final class Session implements AutoCloseable {
  private final Connection connection;
  private final String domain;
  private final Set<String> asked;

  /**
   * @param asked takes the name of every query of the inventory that is asked
   */
  Session(Connection connection, String domain, Set<String> asked) throws SQLException {
    this.connection = connection;
    this.domain = domain;
    this.asked = asked;
    try (var statement = connection.createStatement()) {
      statement.execute("SET timezone = 'UTC'");
    }
    connection.setAutoCommit(false);
  }

  /** The text of a query of this domain; a remark behind its end would be another statement. */
  String text(String name) {
    asked.add(domain + "/" + name);
    var text = Inventory.resource(domain + "/" + name + ".sql");
    var end = text.lastIndexOf(';');
    return end < 0 ? text : text.substring(0, end);
  }

  /** Asks a query of this domain. */
  Answer ask(String name) throws SQLException {
    return ask(name, Map.of());
  }

  /**
   * @param parameters what stands for a parameter in the text, and the value to bind there
   */
  Answer ask(String name, Map<String, Object> parameters) throws SQLException {
    return run(text(name), parameters);
  }

  /** Runs any text, in the transaction that is open or in a new one. */
  Answer run(String text, Map<String, Object> parameters) throws SQLException {
    var values = new ArrayList<>();
    var bound = text;
    if (!parameters.isEmpty()) {
      var places =
          Pattern.compile(parameters.keySet().stream().map(Pattern::quote).collect(joining("|")));
      bound =
          places
              .matcher(text)
              .replaceAll(
                  place -> {
                    values.add(parameters.get(place.group()));
                    return "?";
                  });
    }
    try (var statement = connection.prepareStatement(bound)) {
      for (var i = 0; i < values.size(); i++) {
        statement.setObject(i + 1, parameter(values.get(i)));
      }
      try (var results = statement.executeQuery()) {
        return Answer.read(now(), results);
      }
    }
  }

  private Instant now() throws SQLException {
    try (var statement = connection.createStatement();
        var time = statement.executeQuery("SELECT now()")) {
      time.next();
      return time.getObject(1, OffsetDateTime.class).toInstant();
    }
  }

  void rollback() throws SQLException {
    connection.rollback();
  }

  int pid() throws SQLException {
    return connection.unwrap(PGConnection.class).getBackendPID();
  }

  Connection connection() {
    return connection;
  }

  static Object parameter(Object value) {
    return value instanceof Instant time ? OffsetDateTime.ofInstant(time, ZoneOffset.UTC) : value;
  }

  /** Ends the transaction first: others must not see it open while the session goes. */
  @Override
  public void close() throws SQLException {
    connection.rollback();
    connection.close();
  }
}
