package dev.millrace.sink.maintain;

import dev.millrace.embedded.junit.DatabaseExtension;
import dev.millrace.embedded.junit.DatabaseFixture;
import java.sql.SQLException;
import org.junit.jupiter.api.extension.ExtendWith;

/** On PostgreSQL alone. */
@ExtendWith(DatabaseExtension.class)
class NativeMaintenanceIT extends MaintenanceContract {

  NativeMaintenanceIT(DatabaseFixture fixture) throws SQLException {
    super(fixture);
  }
}
