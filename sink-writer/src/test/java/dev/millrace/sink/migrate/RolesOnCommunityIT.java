package dev.millrace.sink.migrate;

import dev.millrace.embedded.junit.CommunityExtension;
import dev.millrace.embedded.junit.DatabaseFixture;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.extension.ExtendWith;

/** On the Community edition, whose aggregates and jobs have owners too. */
@ExtendWith(CommunityExtension.class)
class RolesOnCommunityIT extends RolesContract {

  RolesOnCommunityIT(DatabaseFixture fixture) {
    super(fixture);
  }

  @Override
  void prepare(Connection connection) throws SQLException {
    execute(connection, "CREATE EXTENSION IF NOT EXISTS timescaledb");
  }
}
