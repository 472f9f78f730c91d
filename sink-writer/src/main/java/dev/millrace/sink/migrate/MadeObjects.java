package dev.millrace.sink.migrate;

import dev.millrace.sink.write.SqlFile;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

/**
 * Writes down what each migration makes, in {@code millrace.made} and in the transaction of the
 * migration: what was not there before and is there after. So that undoing drops this and nothing
 * that was in the same schemas already, or came there by other hands. Some 5 ms a migration. One
 * thread.
 */
final class MadeObjects implements Callback {
  private Set<DatabaseObject> before = Set.of();

  @Override
  public boolean supports(Event event, Context context) {
    return event == Event.BEFORE_EACH_MIGRATE || event == Event.AFTER_EACH_MIGRATE;
  }

  @Override
  public boolean canHandleInTransaction(Event event, Context context) {
    return true;
  }

  @Override
  public void handle(Event event, Context context) {
    try {
      if (event == Event.BEFORE_EACH_MIGRATE) {
        begin(context.getConnection());
      } else {
        end(context.getConnection());
      }
    } catch (SQLException failed) {
      throw new FlywayException("cannot note what the migration makes", failed);
    }
  }

  @Override
  public String getCallbackName() {
    return "made objects";
  }

  private void begin(Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(SqlFile.read(MadeObjects.class, "made.sql"));
    }
    before = new HashSet<>(DatabaseObject.all(connection));
  }

  private void end(Connection connection) throws SQLException {
    var after = new HashSet<>(DatabaseObject.all(connection));
    for (var there : after) {
      if (!before.contains(there)) {
        there.write(
            connection,
            "INSERT INTO millrace.made (type, identity) VALUES (?, ?) ON CONFLICT DO NOTHING");
      }
    }
    for (var there : before) {
      if (!after.contains(there)) {
        there.write(connection, "DELETE FROM millrace.made WHERE type = ? AND identity = ?");
      }
    }
  }
}
