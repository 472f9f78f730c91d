package dev.millrace.sink.queries;

import dev.millrace.embedded.junit.TimescaleExtension;
import org.junit.jupiter.api.extension.ExtendWith;

/** On TimescaleDB. */
@ExtendWith(TimescaleExtension.class)
class SeedQueriesOnTimescaleIT extends SeedQueriesContract {

  @Override
  boolean timescale() {
    return true;
  }
}
