package dev.millrace.bench.sink;

import dev.millrace.bench.load.TableLoader;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/**
 * The table that all sides of a benchmark write to, and how it is before each of them does: its
 * partitions are made, it holds nothing, and what was written before is on the disk.
 */
final class TargetTable {
  private final DataSource database;
  private final Load load;
  private final String name;

  TargetTable(DataSource database, Load load) {
    var table = load.type().table().orElseThrow();
    this.database = database;
    this.load = load;
    this.name =
        DSL.using(SQLDialect.POSTGRES).render(DSL.table(DSL.name(table.schema(), table.name())));
  }

  void makePartitions() throws SQLException {
    TableLoader.makePartitions(database, load.table());
  }

  /** Puts a table of the same columns in its place: no index, no constraint, no partition. */
  void layBare() throws SQLException {
    execute("CREATE TABLE public.bare (LIKE " + name + " INCLUDING DEFAULTS)");
    execute("ALTER TABLE " + name + " RENAME TO indexed");
    execute("ALTER TABLE public.bare SET SCHEMA " + schema());
    execute("ALTER TABLE " + schema() + ".bare RENAME TO " + simpleName());
  }

  /** Undoes {@link #layBare}. */
  void restore() throws SQLException {
    execute("DROP TABLE " + name);
    execute("ALTER TABLE " + schema() + ".indexed RENAME TO " + simpleName());
  }

  private String schema() {
    return quoted(load.type().table().orElseThrow().schema());
  }

  private String simpleName() {
    return quoted(load.type().table().orElseThrow().name());
  }

  private static String quoted(String identifier) {
    return DSL.using(SQLDialect.POSTGRES).render(DSL.name(identifier));
  }

  void empty() throws SQLException {
    execute("TRUNCATE " + name);
    execute("CHECKPOINT");
  }

  /** After the rows have been put in: as a table that has been in use for a while. */
  void settle() throws SQLException {
    execute("VACUUM (ANALYZE) " + name);
    execute("CHECKPOINT");
  }

  long rows() throws SQLException {
    try (var connection = database.getConnection();
        var statement = connection.createStatement();
        var row = statement.executeQuery("SELECT count(*) FROM " + name)) {
      row.next();
      return row.getLong(1);
    }
  }

  Connection connect() throws SQLException {
    return database.getConnection();
  }

  private void execute(String sql) throws SQLException {
    try (var connection = database.getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
