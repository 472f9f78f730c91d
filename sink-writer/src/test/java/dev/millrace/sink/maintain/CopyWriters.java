package dev.millrace.sink.maintain;

import dev.millrace.failure.Owner;
import dev.millrace.sink.write.SqlFailures;
import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.postgresql.PGConnection;

/**
 * Two threads that COPY rows of fifty days into network.path_metrics, and try again as the sink
 * does.
 */
final class CopyWriters implements AutoCloseable {
  private static final int BATCHES = 60;
  private static final int ROWS = 40;
  private static final Duration BEFORE = Duration.ofDays(40);
  private static final Duration AFTER = Duration.ofDays(10);

  private final DataSource pool;
  private final Instant now;
  private final ExecutorService threads = Executors.newFixedThreadPool(2);
  private final List<Future<List<Instant>>> writers;

  CopyWriters(DataSource pool, Instant now) {
    this.pool = pool;
    this.now = now;
    writers = Stream.of(1L, 2L).map(seed -> threads.submit(writer(seed))).toList();
  }

  boolean haveEnded() {
    return writers.stream().allMatch(Future::isDone);
  }

  /** The times of all rows that were committed. */
  List<Instant> written() throws ExecutionException, InterruptedException {
    var all = new ArrayList<Instant>();
    for (var writer : writers) {
      all.addAll(writer.get());
    }
    return all;
  }

  private Callable<List<Instant>> writer(long seed) {
    return () -> {
      var random = new Random(seed);
      var written = new ArrayList<Instant>();
      try (var connection = pool.getConnection()) {
        connection.setAutoCommit(false);
        for (var batch = 0; batch < BATCHES; batch++) {
          var times =
              random
                  .longs(ROWS, 0, BEFORE.plus(AFTER).toSeconds())
                  .mapToObj(now.minus(BEFORE)::plusSeconds)
                  .toList();
          store(connection, times);
          written.addAll(times);
        }
      }
      return written;
    };
  }

  private static void store(Connection connection, List<Instant> times)
      throws SQLException, IOException {
    var lines = new StringBuilder();
    times.forEach(time -> lines.append("::1\t::2\t").append(time).append('\n'));
    for (; ; ) {
      try {
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyIn(
                "COPY network.path_metrics (source_ip, destination_ip, recorded_at) FROM STDIN",
                new StringReader(lines.toString()));
        connection.commit();
        return;
      } catch (SQLException failed) {
        connection.rollback();
        if (SqlFailures.classify(failed).owner() != Owner.OUTAGE) {
          throw failed;
        }
      }
    }
  }

  @Override
  public void close() throws InterruptedException {
    threads.shutdown();
    if (!threads.awaitTermination(1, TimeUnit.MINUTES)) {
      throw new AssertionError("writers wait for each other, or for maintenance");
    }
  }
}
