package dev.millrace.sink.write;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyOutputStream;

/** One binary COPY: signature, rows, trailer. */
final class RowCopy {
  private static final byte[] HEADER =
      "PGCOPY\n\u00ff\r\n\0\0\0\0\0\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1);
  private static final byte[] TRAILER = {(byte) 0xff, (byte) 0xff};
  private static final int CHUNK_BYTES = 1 << 16;

  private RowCopy() {}

  /**
   * Copies the rows from {@code from} (inclusive) to {@code to} (exclusive).
   *
   * @param sql a {@code COPY … FROM STDIN (FORMAT binary)}
   */
  static void run(Connection connection, String sql, EncodedRows rows, int from, int to)
      throws SQLException, IOException {
    var copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
    try (var out = new PGCopyOutputStream(copy, CHUNK_BYTES)) {
      out.write(HEADER);
      rows.writeTo(out, from, to);
      out.write(TRAILER);
      out.endCopy();
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
  }
}
