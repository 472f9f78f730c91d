package dev.millrace.sink.seeds;

import dev.millrace.embedded.junit.DatabaseExtension;
import dev.millrace.embedded.junit.DatabaseFixture;
import org.junit.jupiter.api.extension.ExtendWith;

/** On PostgreSQL alone. */
@ExtendWith(DatabaseExtension.class)
class SeedTablesIT extends SeedTablesContract {

  SeedTablesIT(DatabaseFixture fixture) {
    super(fixture);
  }
}
