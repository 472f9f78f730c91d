package dev.millrace.bench.schema;

import dev.millrace.embedded.junit.DatabaseFixture;
import dev.millrace.embedded.junit.TimescaleExtension;
import org.junit.jupiter.api.extension.ExtendWith;

/** On TimescaleDB: chunks, the hub's by tenant too. */
@ExtendWith(TimescaleExtension.class)
class TimescaleSchemaQueriesIT extends SchemaQueriesContract {

  TimescaleSchemaQueriesIT(DatabaseFixture fixture) {
    super(fixture);
  }
}
