package dev.millrace.bench.load;

import dev.millrace.schema.RecordType;
import dev.millrace.schema.Table;
import dev.millrace.schema.wire.ConfluentSchemaRegistry;
import dev.millrace.schema.wire.RecordEncoder;
import dev.millrace.sink.encode.CopyBuffer;
import dev.millrace.sink.encode.RowEncoder;
import dev.millrace.sink.encode.RowPlan;
import dev.millrace.sink.write.TableColumns;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.avro.generic.IndexedRecord;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.postgresql.PGConnection;

/**
 * Encodes rows of one record type, by way of the bytes a topic would hold, and sends them by binary
 * COPY. One thread and connection.
 */
final class BatchCopy {
  private static final byte[] HEADER =
      "PGCOPY\n\u00ff\r\n\0\0\0\0\0\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1);
  private static final byte[] TRAILER = {(byte) 0xff, (byte) 0xff};
  private static final int CHUNK_BYTES = 1 << 16;

  private final PGConnection connection;
  private final RecordEncoder records;
  private final RowEncoder encoder;
  private final String copy;
  private final CopyBuffer buffer = new CopyBuffer();
  private long rows;

  BatchCopy(Connection connection, RecordType type) throws SQLException {
    var table = type.table().orElseThrow();
    this.connection = connection.unwrap(PGConnection.class);
    var plan = new RowPlan(type.schema(), TableColumns.read(connection, table));
    var registry = new ConfluentSchemaRegistry("mock://load", Map.of());
    this.records = new RecordEncoder(type, registry);
    this.encoder = new RowEncoder(plan, registry);
    this.copy = copyStatement(table, plan.columns());
  }

  private static String copyStatement(Table table, List<String> columns) {
    var sql = DSL.using(SQLDialect.POSTGRES);
    var target = sql.render(DSL.table(DSL.name(table.schema(), table.name())));
    var list =
        columns.stream()
            .map(column -> sql.render(DSL.field(DSL.name(column))))
            .collect(Collectors.joining(", "));
    return "COPY %s (%s) FROM STDIN (FORMAT binary)".formatted(target, list);
  }

  void add(IndexedRecord row) {
    encoder.append(records.encode(row), buffer);
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
      out.writeToCopy(HEADER, 0, HEADER.length);
      for (var at = 0; at < buffer.size(); at += CHUNK_BYTES) {
        out.writeToCopy(buffer.array(), at, Math.min(CHUNK_BYTES, buffer.size() - at));
      }
      out.writeToCopy(TRAILER, 0, TRAILER.length);
      out.endCopy();
    } finally {
      if (out.isActive()) {
        out.cancelCopy();
      }
      buffer.truncate(0);
    }
    var sent = rows;
    rows = 0;
    return sent;
  }
}
