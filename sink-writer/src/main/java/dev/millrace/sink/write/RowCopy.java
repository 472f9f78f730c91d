package dev.millrace.sink.write;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** One binary COPY: signature, rows, trailer. */
final class RowCopy {
  private static final byte[] HEADER =
      "PGCOPY\n\u00ff\r\n\0\0\0\0\0\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1);
  private static final byte[] TRAILER = {(byte) 0xff, (byte) 0xff};
  private static final int CHUNK_BYTES = 1 << 16;

  private RowCopy() {}

  /**
   * Copies the rows from {@code from} (inclusive) to {@code to} (exclusive), encoding those that
   * are not encoded yet.
   *
   * @param sql a {@code COPY … FROM STDIN (FORMAT binary)}
   */
  static void run(Connection connection, String sql, EncodedRows rows, int from, int to)
      throws SQLException {
    var copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
    try {
      copy.writeToCopy(HEADER, 0, HEADER.length);
      var sent = rows.begin(from);
      while (rows.encodeMore(CHUNK_BYTES)) {
        send(copy, rows.memory(), sent, rows.bytes());
        sent = rows.bytes();
      }
      var end = rows.begin(Math.min(to, rows.count()));
      send(copy, rows.memory(), sent, end);
      copy.writeToCopy(TRAILER, 0, TRAILER.length);
      copy.endCopy();
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
  }

  /** In chunks, between which the driver sees what the server has to say. */
  private static void send(CopyIn copy, byte[] bytes, int begin, int end) throws SQLException {
    for (var at = begin; at < end; at += CHUNK_BYTES) {
      copy.writeToCopy(bytes, at, Math.min(CHUNK_BYTES, end - at));
    }
  }
}
