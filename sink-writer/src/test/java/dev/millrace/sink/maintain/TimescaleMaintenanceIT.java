package dev.millrace.sink.maintain;

import dev.millrace.embedded.junit.DatabaseFixture;
import dev.millrace.embedded.junit.TimescaleExtension;
import java.sql.SQLException;
import org.junit.jupiter.api.extension.ExtendWith;

/** On TimescaleDB. */
@ExtendWith(TimescaleExtension.class)
class TimescaleMaintenanceIT extends MaintenanceContract {

  TimescaleMaintenanceIT(DatabaseFixture fixture) throws SQLException {
    super(fixture);
  }
}
