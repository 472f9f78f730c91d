package dev.millrace.bench.site;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What the database tells of the sinks. Every question is asked on a connection of its own, so that
 * a server that was away is asked as soon as it is back. One thread.
 */
public final class Books {
  private static final String SUM =
      "SELECT coalesce(sum(%s), 0) FROM millrace.sink_progress WHERE topic LIKE ?";
  private static final String AT_WORK =
      "SELECT DISTINCT application_name FROM pg_stat_activity WHERE application_name = ANY (?)";
  private static final String BACKEND =
      "SELECT max(pid) FROM pg_stat_activity WHERE application_name = ANY (?)";
  private static final String SESSIONS =
      "SELECT count(*) FROM pg_stat_activity WHERE application_name = ANY (?)";
  private static final String END =
      "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = ANY (?)";

  private final Site site;

  public Books(Site site) {
    this.site = site;
  }

  /** A sum that the sinks keep. */
  public enum Sum {
    RECORDS_READ,
    ROWS_STORED,
    DEAD_LETTERED,
    NEXT_OFFSET,
    /** Rises with every claim. */
    EPOCH;

    private String sql() {
      return SUM.formatted(name().toLowerCase(java.util.Locale.ROOT));
    }
  }

  /** Over all topics. */
  public long sum(Sum of) throws SQLException {
    return sum(of, "%");
  }

  /** Over the partitions of a topic. */
  public long sum(Sum of, String topic) throws SQLException {
    try (var connection = site.connect();
        var statement = connection.prepareStatement(of.sql())) {
      statement.setString(1, topic);
      try (var row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  /** Those of the sinks that have a connection. */
  public Set<String> atWork(Collection<String> sinks) throws SQLException {
    var names = new LinkedHashSet<String>();
    try (var connection = site.connect();
        var statement = connection.prepareStatement(AT_WORK)) {
      statement.setArray(1, names(connection, sinks));
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          names.add(rows.getString(1));
        }
      }
    }
    return names;
  }

  /** The process id of a backend of one of the sinks. */
  public OptionalLong backend(Collection<String> sinks) throws SQLException {
    var found = number(BACKEND, sinks);
    return found == 0 ? OptionalLong.empty() : OptionalLong.of(found);
  }

  /** How many connections a sink has. */
  public long sessions(String sink) throws SQLException {
    return number(SESSIONS, List.of(sink));
  }

  /** Has the server end every connection of the sinks; answers how many. */
  public long endConnections(Collection<String> sinks) throws SQLException {
    return number(END, sinks);
  }

  private long number(String question, Collection<String> sinks) throws SQLException {
    try (var connection = site.connect();
        var statement = connection.prepareStatement(question)) {
      statement.setArray(1, names(connection, sinks));
      try (var row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  private static java.sql.Array names(Connection connection, Collection<String> sinks)
      throws SQLException {
    return connection.createArrayOf("text", sinks.toArray());
  }
}
