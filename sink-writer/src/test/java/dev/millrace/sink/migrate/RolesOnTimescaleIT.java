package dev.millrace.sink.migrate;

import dev.millrace.embedded.junit.DatabaseFixture;
import dev.millrace.embedded.junit.TimescaleExtension;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.extension.ExtendWith;

/** On TimescaleDB, whose chunks lie in a schema of its own. */
@ExtendWith(TimescaleExtension.class)
class RolesOnTimescaleIT extends RolesContract {

  RolesOnTimescaleIT(DatabaseFixture fixture) {
    super(fixture);
  }

  @Override
  void prepare(Connection connection) throws SQLException {
    execute(connection, "CREATE EXTENSION timescaledb");
  }
}
