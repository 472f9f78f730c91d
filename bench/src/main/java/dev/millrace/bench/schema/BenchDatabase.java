package dev.millrace.bench.schema;

import dev.millrace.bench.load.GeneratedTable;
import dev.millrace.bench.load.LoadProgress;
import dev.millrace.bench.load.TableLoader;
import dev.millrace.sink.migrate.Migrator;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import javax.sql.DataSource;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/** A database with the product's tables, loaded once and measured as often as wanted. */
final class BenchDatabase {
  /** So that what was loaded is not still being written while queries are measured. */
  private static final String CHECKPOINT = "CHECKPOINT";

  private final DataSource database;
  private final PrintWriter out;

  BenchDatabase(DataSource database, PrintWriter out) {
    this.database = database;
    this.out = out;
  }

  Connection connect() throws SQLException {
    return database.getConnection();
  }

  /** What it was loaded with; empty if it was not, or not to the end. */
  Optional<Scale> loaded() throws SQLException {
    try (var connection = connect()) {
      return LoadNote.read(connection);
    }
  }

  /** Makes the tables, or brings them up to date. */
  void migrate() {
    new Migrator(database).migrate();
  }

  /** Fills the tables; they are vacuumed and analysed as autovacuum would do it. */
  void load(Scale scale, int writers) throws SQLException {
    var loader = new TableLoader(database, writers);
    for (var table : scale.tables()) {
      var progress = new LoadProgress(out, table);
      var seconds = loader.load(table, progress);
      progress.finish();
      vacuum(table);
      out.printf(
          Locale.ROOT,
          "%s: loaded in %,.1f s, then vacuumed and analysed%n",
          table.type(),
          seconds);
      out.flush();
    }
    try (var connection = connect();
        var statement = connection.createStatement()) {
      LoadNote.write(connection, scale);
      statement.execute(CHECKPOINT);
    }
  }

  private void vacuum(GeneratedTable table) throws SQLException {
    var target = table.type().table().orElseThrow();
    var name =
        DSL.using(SQLDialect.POSTGRES).render(DSL.table(DSL.name(target.schema(), target.name())));
    try (var connection = connect();
        var statement = connection.createStatement()) {
      statement.execute("VACUUM (ANALYZE) " + name);
    }
  }
}
