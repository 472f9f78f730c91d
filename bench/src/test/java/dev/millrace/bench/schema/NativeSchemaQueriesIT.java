package dev.millrace.bench.schema;

import dev.millrace.embedded.junit.DatabaseExtension;
import dev.millrace.embedded.junit.DatabaseFixture;
import org.junit.jupiter.api.extension.ExtendWith;

/** On PostgreSQL alone: native partitions. */
@ExtendWith(DatabaseExtension.class)
class NativeSchemaQueriesIT extends SchemaQueriesContract {

  NativeSchemaQueriesIT(DatabaseFixture fixture) {
    super(fixture);
  }
}
