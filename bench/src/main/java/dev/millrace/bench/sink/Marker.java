package dev.millrace.bench.sink;

import dev.millrace.sink.write.SqlFile;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.apache.avro.generic.IndexedRecord;

/**
 * The first and the last row of a topic of one partition of {@code audio.metrics_agg_5s}, by which
 * a writer's progress is seen from outside: a row is written when another transaction than before
 * has made it. Costs one look-up by the unique index.
 */
final class Marker {
  private static final List<String> KEY =
      List.of("trace_id", "station_key", "tap", "metric_key", "bucket_ts");

  private final DataSource database;
  private final List<Object> first;
  private final List<Object> last;

  Marker(DataSource database, Load load) {
    var ends = new ArrayList<List<Object>>(List.of(List.of(), List.of()));
    load.forEach(
        (row, partition) -> {
          if (ends.get(0).isEmpty()) {
            ends.set(0, key(row));
          }
          ends.set(1, key(row));
        });
    this.database = database;
    this.first = ends.get(0);
    this.last = ends.get(1);
  }

  private static List<Object> key(IndexedRecord row) {
    return KEY.stream().map(field -> value(row, field)).toList();
  }

  private static Object value(IndexedRecord row, String field) {
    var value = row.get(row.getSchema().getField(field).pos());
    return value instanceof Long micros
        ? OffsetDateTime.ofInstant(Instant.EPOCH.plus(micros, ChronoUnit.MICROS), ZoneOffset.UTC)
        : value.toString();
  }

  /** Remembers how both rows are now. */
  Watch watch() throws SQLException {
    var connection = database.getConnection();
    return new Watch(
        connection, connection.prepareStatement(SqlFile.read(Marker.class, "marker.sql")));
  }

  /** One run as it is seen. */
  final class Watch implements AutoCloseable {
    private final Connection connection;
    private final PreparedStatement query;
    private final String firstBefore;
    private final String lastBefore;

    private Watch(Connection connection, PreparedStatement query) throws SQLException {
      this.connection = connection;
      this.query = query;
      this.firstBefore = writer(first);
      this.lastBefore = writer(last);
    }

    boolean firstIsWritten() throws SQLException {
      return !Objects.equals(writer(first), firstBefore);
    }

    boolean lastIsWritten() throws SQLException {
      return !Objects.equals(writer(last), lastBefore);
    }

    /** The transaction that made the row; null while there is none. */
    private String writer(List<Object> key) throws SQLException {
      for (var i = 0; i < key.size(); i++) {
        query.setObject(i + 1, key.get(i));
      }
      try (var row = query.executeQuery()) {
        return row.next() ? row.getString(1) : null;
      }
    }

    @Override
    public void close() throws SQLException {
      connection.close();
    }
  }
}
