package dev.millrace.sink;

import dev.millrace.schema.Table;
import dev.millrace.sink.encode.Column;
import dev.millrace.sink.write.TableColumns;
import dev.millrace.sink.write.Transactions;
import java.time.Clock;
import java.util.List;

/**
 * The columns of one table as they were last read, for all lanes of a topic. They are read again
 * now and then, so that a column or an enum's label that is added is used without a restart; what
 * has not changed stays the same object. Safe for use by several threads.
 */
final class KnownColumns {
  /** One small query a table in this time, and only while records come. */
  private static final long TRUSTED_MILLIS = 30_000;

  private final Table table;
  private final Transactions transactions;
  private final Clock clock;
  private List<Column> columns = List.of();
  private long readAtMillis;
  private boolean trusted;

  KnownColumns(Table table, Transactions transactions, Clock clock) {
    this.table = table;
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * The columns, read again if that was too long ago or they were forgotten.
   *
   * @throws dev.millrace.failure.MillraceException a {@link dev.millrace.sink.write.WriteFailure}
   */
  synchronized List<Column> current() {
    var now = clock.millis();
    if (!trusted || now - readAtMillis >= TRUSTED_MILLIS) {
      var read =
          transactions.run(
              "reading the columns of " + table,
              connection -> TableColumns.read(connection, table));
      if (!read.equals(columns)) {
        columns = read;
      }
      readAtMillis = now;
      trusted = true;
    }
    return columns;
  }

  /** Looks at the table when next asked. */
  synchronized void forget() {
    trusted = false;
  }
}
