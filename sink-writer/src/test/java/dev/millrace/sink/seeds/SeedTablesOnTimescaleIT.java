package dev.millrace.sink.seeds;

import dev.millrace.embedded.junit.DatabaseFixture;
import dev.millrace.embedded.junit.TimescaleExtension;
import org.junit.jupiter.api.extension.ExtendWith;

/** On TimescaleDB, where the tables are hypertables. */
@ExtendWith(TimescaleExtension.class)
class SeedTablesOnTimescaleIT extends SeedTablesContract {

  SeedTablesOnTimescaleIT(DatabaseFixture fixture) {
    super(fixture);
  }
}
