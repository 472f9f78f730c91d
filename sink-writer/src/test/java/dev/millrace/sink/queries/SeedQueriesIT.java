package dev.millrace.sink.queries;

import dev.millrace.embedded.junit.DatabaseExtension;
import org.junit.jupiter.api.extension.ExtendWith;

/** On PostgreSQL alone. */
@ExtendWith(DatabaseExtension.class)
class SeedQueriesIT extends SeedQueriesContract {

  @Override
  boolean timescale() {
    return false;
  }
}
