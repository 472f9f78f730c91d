package dev.millrace.sink.migrate;

import dev.millrace.failure.MillraceException;
import dev.millrace.sink.write.SqlFailures;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * What kind of database this is.
 *
 * @param postgresql version of the server
 * @param timescaledb version of the extension in this database, if it is installed
 * @param community whether the extension's licence setting allows all it can do
 */
public record Edition(String postgresql, Optional<String> timescaledb, boolean community) {
  private static final String QUESTION =
      """
      SELECT current_setting('server_version'),
        (SELECT extversion FROM pg_catalog.pg_extension WHERE extname = 'timescaledb'),
        coalesce(current_setting('timescaledb.license', true) = 'timescale', false)
      """;

  /**
   * Asks the database.
   *
   * @throws MillraceException a {@code WriteFailure}
   */
  static Edition of(DataSource database) {
    try (var connection = database.getConnection();
        var statement = connection.createStatement();
        var row = statement.executeQuery(QUESTION)) {
      row.next();
      var extension = Optional.ofNullable(row.getString(2));
      return new Edition(row.getString(1), extension, extension.isPresent() && row.getBoolean(3));
    } catch (SQLException failed) {
      throw SqlFailures.of("asking for the edition of the database", failed);
    }
  }

  @Override
  public String toString() {
    return "PostgreSQL "
        + postgresql
        + timescaledb
            .map(
                version ->
                    ", TimescaleDB %s, %s edition"
                        .formatted(version, community ? "Community" : "Apache"))
            .orElse(", without TimescaleDB");
  }
}
