package dev.millrace.sink.migrate;

import dev.millrace.embedded.junit.DatabaseExtension;
import dev.millrace.embedded.junit.DatabaseFixture;
import java.sql.Connection;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(DatabaseExtension.class)
class RolesIT extends RolesContract {

  RolesIT(DatabaseFixture fixture) {
    super(fixture);
  }

  @Override
  void prepare(Connection connection) {}
}
