package dev.millrace.sink.write;

import java.sql.Connection;
import java.sql.SQLException;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;

/** jOOQ for PostgreSQL, without its banner in the log. */
public final class Sql {

  static {
    System.setProperty("org.jooq.no-logo", "true");
    System.setProperty("org.jooq.no-tips", "true");
  }

  private Sql() {}

  /** For statements that are rendered once. */
  static DSLContext render() {
    return DSL.using(SQLDialect.POSTGRES);
  }

  /** For statements that run on a connection, in its transaction. */
  public static DSLContext on(Connection connection) {
    return DSL.using(connection, SQLDialect.POSTGRES);
  }

  /** The driver's own failure, so that all failures are told apart in one place. */
  public static SQLException unwrap(DataAccessException failed) {
    var cause = failed.getCause(SQLException.class);
    if (cause == null) {
      throw failed;
    }
    return cause;
  }
}
