package dev.millrace.bench.sink;

import dev.millrace.sink.write.SqlFile;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** When a reader of the database saw the sink's place move. One thread. */
final class SeenTimes implements AutoCloseable {
  private final PreparedStatement query;
  private final long[] next;
  private final List<Seen> seen = new ArrayList<>();
  private long left;

  /**
   * Records that were seen together.
   *
   * @param from first offset
   * @param to behind the last offset
   * @param millis since 1970
   */
  record Seen(int partition, long from, long to, long millis) {}

  SeenTimes(Connection connection, String sink, Load load) throws SQLException {
    query = connection.prepareStatement(SqlFile.read(SeenTimes.class, "places.sql"));
    query.setString(1, sink);
    query.setString(2, load.topic().topic());
    next = new long[load.partitions()];
    left = load.rows();
  }

  void look() throws SQLException {
    try (var places = query.executeQuery()) {
      var now = System.currentTimeMillis();
      while (places.next()) {
        moved(places.getInt(1), places.getLong(2), now);
      }
    }
  }

  private void moved(int partition, long to, long now) {
    if (to > next[partition]) {
      seen.add(new Seen(partition, next[partition], to, now));
      left -= to - next[partition];
      next[partition] = to;
    }
  }

  /** Whether every record has been seen. */
  boolean complete() {
    return left == 0;
  }

  List<Seen> seen() {
    return seen;
  }

  @Override
  public void close() throws SQLException {
    query.close();
  }
}
