package dev.millrace.bench.sink;

import dev.millrace.bench.machine.ProcessCpu;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Debezium's JDBC sink, one task in one Connect worker that stays between the runs. It says nothing
 * of its commits, so they are watched from outside: the time runs from when the first row is seen
 * to when the last one is, which leaves its first batch out of the time, but not of the rows.
 */
final class DebeziumSide implements Side {
  private static final Duration PATIENCE = Duration.ofMinutes(30);
  private static final long LOOK_MILLIS = 5;
  private static final int LOOKS_BETWEEN_STATUS = 400;

  private final ConnectProcess connect;
  private final Load load;
  private final Mode mode;
  private final Marker marker;
  private final PGSimpleDataSource database;
  private int runs;

  /** How it writes a row. */
  enum Mode {
    INSERT,
    UPSERT
  }

  DebeziumSide(
      ConnectProcess connect, Load load, Mode mode, Marker marker, PGSimpleDataSource database) {
    this.connect = connect;
    this.load = load;
    this.mode = mode;
    this.marker = marker;
    this.database = database;
  }

  @Override
  public String name() {
    return "Debezium JDBC sink 3.6.0, " + mode.name().toLowerCase(java.util.Locale.ROOT);
  }

  @Override
  public Run run() throws SQLException {
    var name = "%s-%s-%d".formatted(load.name(), mode, runs++);
    try (var watch = marker.watch()) {
      connect.add(name, settings());
      await(watch::firstIsWritten, name);
      var beganAt = System.nanoTime();
      var cpu = ProcessCpu.seconds(connect.processId());
      await(watch::lastIsWritten, name);
      var seconds = (System.nanoTime() - beganAt) / 1e9;
      var used = ProcessCpu.seconds(connect.processId()) - cpu;
      return new Run(load.rows(), seconds, Optional.of(used), Optional.empty());
    } finally {
      connect.remove(name);
    }
  }

  private interface Sight {
    boolean isThere() throws SQLException;
  }

  private void await(Sight sight, String name) throws SQLException {
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    for (var looks = 1; !sight.isThere(); looks++) {
      if (looks % LOOKS_BETWEEN_STATUS == 0) {
        connect.requireRunning(name);
      }
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(name + " does not end");
      }
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(LOOK_MILLIS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", stopped);
    }
  }

  private Map<String, String> settings() {
    var settings = new HashMap<String, String>();
    settings.put("connector.class", "io.debezium.connector.jdbc.JdbcSinkConnector");
    settings.put("tasks.max", "1");
    settings.put("topics", load.topic().topic());
    settings.put("consumer.override.max.poll.records", "5000");
    settings.put("consumer.override.max.partition.fetch.bytes", "8388608");
    settings.put("batch.size", "5000");
    settings.put("connection.url", url());
    settings.put("connection.username", database.getUser());
    settings.put("connection.password", "");
    settings.put("collection.name.format", load.type().table().orElseThrow().toString());
    settings.put("schema.evolution", "none");
    settings.put("delete.enabled", "false");
    settings.putAll(
        mode == Mode.INSERT
            ? Map.of("insert.mode", "insert", "primary.key.mode", "none")
            : Map.of(
                "insert.mode",
                "upsert",
                "primary.key.mode",
                "record_value",
                "primary.key.fields",
                String.join(",", load.type().table().orElseThrow().conflictKey())));
    return settings;
  }

  /** Texts go to columns of enum types as what the column is. */
  private String url() {
    return "jdbc:postgresql://%s:%d/%s?reWriteBatchedInserts=true&stringtype=unspecified"
        .formatted(
            database.getServerNames()[0], database.getPortNumbers()[0], database.getDatabaseName());
  }

  @Override
  public void close() {
    // The worker is shared.
  }
}
