package dev.millrace.bench.schema;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/** What a database was loaded with, kept in the database itself: written last. */
final class LoadNote {
  private static final String CREATE =
      """
      CREATE TABLE IF NOT EXISTS public.bench_load (
        event_rows BIGINT NOT NULL, audio_rows BIGINT NOT NULL, metric_rows BIGINT NOT NULL,
        days INTEGER NOT NULL, until TIMESTAMPTZ NOT NULL)
      """;

  private static final String WRITE = "INSERT INTO public.bench_load VALUES (?, ?, ?, ?, ?)";

  private static final String READ =
      "SELECT event_rows, audio_rows, metric_rows, days, until FROM public.bench_load";

  private LoadNote() {}

  /** Empty where nothing, or not all, was loaded. */
  static Optional<Scale> read(Connection connection) throws SQLException {
    create(connection);
    try (var statement = connection.createStatement();
        var row = statement.executeQuery(READ)) {
      if (!row.next()) {
        return Optional.empty();
      }
      var until = row.getObject(5, OffsetDateTime.class).toInstant();
      return Optional.of(
          new Scale(row.getLong(1), row.getLong(2), row.getLong(3), row.getInt(4), until));
    }
  }

  static void write(Connection connection, Scale scale) throws SQLException {
    create(connection);
    try (var statement = connection.prepareStatement(WRITE)) {
      statement.setLong(1, scale.eventRows());
      statement.setLong(2, scale.audioRows());
      statement.setLong(3, scale.metricRows());
      statement.setInt(4, scale.days());
      statement.setObject(5, OffsetDateTime.ofInstant(scale.until(), ZoneOffset.UTC));
      statement.executeUpdate();
    }
  }

  private static void create(Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(CREATE);
    }
  }
}
