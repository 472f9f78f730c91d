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

/**
 * Rows of one table as binary COPY has them, encoded by the sink's row plan by way of the bytes a
 * topic would hold. One thread.
 */
final class CopyRows {
  static final byte[] HEADER =
      "PGCOPY\n\u00ff\r\n\0\0\0\0\0\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1);
  static final byte[] TRAILER = {(byte) 0xff, (byte) 0xff};

  private final RecordEncoder records;
  private final RowEncoder encoder;
  private final String target;
  private final CopyBuffer buffer = new CopyBuffer();

  /** Looks at the table's columns. */
  CopyRows(Connection connection, RecordType type) throws SQLException {
    var table = type.table().orElseThrow();
    var plan = new RowPlan(type.schema(), TableColumns.read(connection, table));
    var registry = new ConfluentSchemaRegistry("mock://load", Map.of());
    this.records = new RecordEncoder(type, registry);
    this.encoder = new RowEncoder(plan, registry);
    this.target = target(table, plan.columns());
  }

  private static String target(Table table, List<String> columns) {
    var sql = DSL.using(SQLDialect.POSTGRES);
    return columns.stream()
        .map(column -> sql.render(DSL.field(DSL.name(column))))
        .collect(
            Collectors.joining(
                ", ", sql.render(DSL.table(DSL.name(table.schema(), table.name()))) + " (", ")"));
  }

  /** The table and its columns in the order of the rows, as COPY names them. */
  String target() {
    return target;
  }

  void add(IndexedRecord row) {
    encoder.append(records.encode(row), buffer);
  }

  int bytes() {
    return buffer.size();
  }

  byte[] memory() {
    return buffer.array();
  }

  void clear() {
    buffer.truncate(0);
  }
}
