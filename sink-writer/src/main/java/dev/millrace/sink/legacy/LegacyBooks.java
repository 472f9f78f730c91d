package dev.millrace.sink.legacy;

import dev.millrace.schema.LegacyTable;
import dev.millrace.sink.write.SqlFile;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;

/**
 * How far an older table has been moved, in {@code millrace.legacy_progress}, in the transaction of
 * the rows. Two runs at once share the work: whoever has the row locked moves the next batch.
 * Stateless; the caller's transaction.
 */
final class LegacyBooks {
  private final Connection connection;
  private final String source;

  LegacyBooks(Connection connection, String source) {
    this.connection = connection;
    this.source = source;
  }

  void open(boolean fromStart) throws SQLException {
    update("begin.sql");
    if (fromStart) {
      update("restart.sql");
    }
  }

  /** The last key that was read, or null. Times without a zone are of this one from here on. */
  Long claim(String timeZone) throws SQLException {
    try (var set = connection.prepareStatement("SELECT set_config('TimeZone', ?, true)")) {
      set.setString(1, timeZone);
      set.execute();
    }
    try (var query = connection.prepareStatement(SqlFile.read(LegacyBooks.class, "claim.sql"))) {
      query.setString(1, source);
      try (var found = query.executeQuery()) {
        return found.next() ? found.getObject(1, Long.class) : null;
      }
    }
  }

  void add(long lastKey, LegacyCounts counts) throws SQLException {
    try (var update =
        connection.prepareStatement(SqlFile.read(LegacyBooks.class, "progress.sql"))) {
      update.setLong(1, lastKey);
      update.setLong(2, counts.read());
      update.setLong(3, counts.stored());
      update.setLong(4, counts.present());
      update.setLong(5, counts.expired());
      update.setLong(6, counts.refused());
      update.setString(7, source);
      update.executeUpdate();
    }
  }

  /** The oldest time that the table keeps which the rows go to. */
  OffsetDateTime oldest(LegacyTable table) throws SQLException {
    try (var query = connection.prepareStatement(SqlFile.read(LegacyBooks.class, "oldest.sql"))) {
      query.setString(1, table.schema());
      query.setString(2, table.target());
      try (var found = query.executeQuery()) {
        var oldest = found.next() ? found.getObject(1, OffsetDateTime.class) : null;
        return oldest == null ? OffsetDateTime.MIN : oldest;
      }
    }
  }

  private void update(String file) throws SQLException {
    try (var update = connection.prepareStatement(SqlFile.read(LegacyBooks.class, file))) {
      update.setString(1, source);
      update.executeUpdate();
    }
  }
}
