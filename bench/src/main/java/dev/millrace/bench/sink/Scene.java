package dev.millrace.bench.sink;

import dev.millrace.bench.machine.Machine;
import dev.millrace.bench.machine.ProcessCpu;
import dev.millrace.bench.server.BenchFolder;
import dev.millrace.bench.server.BrokerProcess;
import dev.millrace.bench.server.DatabaseServer;
import dev.millrace.bench.server.Flavour;
import dev.millrace.bench.server.InstalledPostgres;
import dev.millrace.bench.server.ServerFacts;
import dev.millrace.sink.migrate.Migrator;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.function.Function;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The servers of the suite, each a process of its own: PostgreSQL as it comes out of the box, with
 * the product's tables, and one broker. Their data lies in a temporary folder. One thread.
 */
final class Scene implements AutoCloseable {
  private final BenchFolder folder;
  private final DatabaseServer database;
  private final BrokerProcess broker;
  private final Path psql;
  private final Path home;
  private final PrintWriter out;
  private ConnectProcess connect;

  private Scene(
      BenchFolder folder,
      DatabaseServer database,
      BrokerProcess broker,
      Path psql,
      Path home,
      PrintWriter out) {
    this.folder = folder;
    this.database = database;
    this.broker = broker;
    this.psql = psql;
    this.home = home;
    this.out = out;
  }

  /**
   * Starts the servers and makes the tables.
   *
   * @param programs of the PostgreSQL to use; null for what {@code pg_config} names
   * @param home of the checkout
   * @param out told of what goes on
   */
  static Scene open(Flavour flavour, Path programs, Path home, PrintWriter out) {
    var installed = programs == null ? InstalledPostgres.programs() : programs;
    return open(
        cluster ->
            flavour == Flavour.TIMESCALEDB
                ? DatabaseServer.timescale(cluster)
                : DatabaseServer.installed(installed, cluster),
        installed.resolve("psql"),
        home,
        out);
  }

  /** The same with any server, which is started on the folder it is given. */
  static Scene open(Function<Path, DatabaseServer> server, Path psql, Path home, PrintWriter out) {
    var folder = BenchFolder.scratch();
    DatabaseServer database = null;
    try {
      database = server.apply(folder.path().resolve("postgres"));
      new Migrator(database.database()).migrate();
      var broker = BrokerProcess.start(folder.path().resolve("broker"));
      return new Scene(folder, database, broker, psql, home, out);
    } catch (RuntimeException failed) {
      if (database != null) {
        database.close();
      }
      folder.close();
      throw failed;
    }
  }

  /** This machine and this database. */
  Machine machine() throws SQLException {
    try (var connection = source().getConnection()) {
      return Machine.here().with("database", ServerFacts.of(connection));
    }
  }

  PGSimpleDataSource source() {
    return database.database();
  }

  BrokerProcess broker() {
    return broker;
  }

  Path folder() {
    return folder.path();
  }

  PrintWriter out() {
    return out;
  }

  Psql psql() {
    return new Psql(psql, source());
  }

  /** The one worker of Connect, started when it is first asked for. */
  ConnectProcess connect() {
    if (connect == null) {
      connect = ConnectProcess.start(Peers.built(home), broker, folder());
    }
    return connect;
  }

  SinkSide sink(Load load, int writers) {
    var log = folder().resolve("sink-" + load.name() + ".log");
    return SinkSide.start(load, broker, database.jdbcUrl(), writers, log);
  }

  /** Processor time of the database server so far, in seconds. */
  double databaseCpu() throws SQLException {
    try (var connection = source().getConnection()) {
      return ProcessCpu.seconds(ServerFacts.processId(connection));
    }
  }

  @Override
  public void close() {
    if (connect != null) {
      connect.close();
    }
    broker.close();
    database.close();
    folder.close();
  }
}
