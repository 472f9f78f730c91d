package dev.millrace.sink.legacy;

import dev.millrace.embedded.junit.DatabaseFixture;
import dev.millrace.embedded.junit.TimescaleExtension;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TimescaleExtension.class)
class LegacyMoveOnTimescaleIT extends LegacyMoveContract {

  LegacyMoveOnTimescaleIT(DatabaseFixture fixture) {
    super(fixture);
  }
}
