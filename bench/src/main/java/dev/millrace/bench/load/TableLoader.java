package dev.millrace.bench.load;

import dev.millrace.failure.MillraceException;
import dev.millrace.sink.write.SqlFailures;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/**
 * Fills tables with generated rows: encoded by the sink's own row plans, written by binary COPY, a
 * transaction a batch. Partitions are made before. Two writers keep the server busy while the other
 * one generates and encodes; more help only where there are more cores.
 */
public final class TableLoader {
  private static final String MAKE_PARTITIONS =
      """
      SELECT millrace.ensure_partitions(relation, ?, ?)
      FROM millrace.partition_policy WHERE relation = ?::regclass
      """;

  private final DataSource database;
  private final int writers;

  /**
   * @param writers how many threads, each with a connection of its own
   */
  public TableLoader(DataSource database, int writers) {
    this.database = database;
    this.writers = writers;
  }

  /**
   * Loads the whole table; returns when it is committed. What was loaded by then stays if it fails.
   *
   * @return how many seconds it took
   */
  public double load(GeneratedTable table, LoadProgress progress) {
    var begin = System.nanoTime();
    var next = new AtomicInteger();
    var threads = Executors.newFixedThreadPool(writers);
    try {
      makePartitions(database, table);
      var running = new ArrayList<Future<?>>();
      for (var writer = 0; writer < writers; writer++) {
        running.add(threads.submit(() -> writeBatches(table, next, progress)));
      }
      for (var each : running) {
        each.get();
      }
    } catch (SQLException failed) {
      throw failure(table, failed);
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof RuntimeException known
          ? known
          : new IllegalStateException(failed.getCause());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while loading " + table.type(), stopped);
    } finally {
      // The others stop at their next batch.
      next.set(table.batches());
      threads.shutdown();
    }
    return (System.nanoTime() - begin) / 1e9;
  }

  /** Makes the partitions of its rows; there is nothing to do for a table that has none. */
  public static void makePartitions(DataSource database, GeneratedTable table) throws SQLException {
    try (var connection = database.getConnection();
        var statement = connection.prepareStatement(MAKE_PARTITIONS)) {
      statement.setObject(1, OffsetDateTime.ofInstant(table.span().from(), ZoneOffset.UTC));
      statement.setObject(2, OffsetDateTime.ofInstant(table.span().until(), ZoneOffset.UTC));
      statement.setString(3, table.type().table().orElseThrow().toString());
      statement.execute();
    }
  }

  private void writeBatches(GeneratedTable table, AtomicInteger next, LoadProgress progress) {
    try (var connection = database.getConnection()) {
      connection.setAutoCommit(false);
      var copy = new BatchCopy(connection, table.type());
      for (var batch = next.getAndIncrement();
          batch < table.batches();
          batch = next.getAndIncrement()) {
        table.generate(batch, copy::add);
        var rows = copy.send();
        connection.commit();
        progress.advance(rows);
      }
    } catch (SQLException failed) {
      // The other writers see that there is no batch left.
      next.set(table.batches());
      throw failure(table, failed);
    }
  }

  private static MillraceException failure(GeneratedTable table, SQLException failed) {
    return SqlFailures.of("loading " + table.type().table().orElseThrow(), failed);
  }
}
