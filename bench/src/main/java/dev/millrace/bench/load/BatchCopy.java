package dev.millrace.bench.load;

import dev.millrace.schema.RecordType;
import java.sql.Connection;
import java.sql.SQLException;
import org.apache.avro.generic.IndexedRecord;
import org.postgresql.PGConnection;

/** Collects rows of one record type, and sends them by binary COPY. One thread and connection. */
final class BatchCopy {
  private static final int CHUNK_BYTES = 1 << 16;

  private final PGConnection connection;
  private final CopyRows encoded;
  private final String copy;
  private long rows;

  BatchCopy(Connection connection, RecordType type) throws SQLException {
    this.connection = connection.unwrap(PGConnection.class);
    this.encoded = new CopyRows(connection, type);
    this.copy = "COPY %s FROM STDIN (FORMAT binary)".formatted(encoded.target());
  }

  void add(IndexedRecord row) {
    encoded.add(row);
    rows++;
  }

  /**
   * Sends what was added, and forgets it; the caller commits.
   *
   * @return how many rows it was
   */
  long send() throws SQLException {
    var out = connection.getCopyAPI().copyIn(copy);
    try {
      out.writeToCopy(CopyRows.HEADER, 0, CopyRows.HEADER.length);
      for (var at = 0; at < encoded.bytes(); at += CHUNK_BYTES) {
        out.writeToCopy(encoded.memory(), at, Math.min(CHUNK_BYTES, encoded.bytes() - at));
      }
      out.writeToCopy(CopyRows.TRAILER, 0, CopyRows.TRAILER.length);
      out.endCopy();
    } finally {
      if (out.isActive()) {
        out.cancelCopy();
      }
      encoded.clear();
    }
    var sent = rows;
    rows = 0;
    return sent;
  }
}
