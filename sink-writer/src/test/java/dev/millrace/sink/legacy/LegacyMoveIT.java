package dev.millrace.sink.legacy;

import dev.millrace.embedded.junit.DatabaseExtension;
import dev.millrace.embedded.junit.DatabaseFixture;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(DatabaseExtension.class)
class LegacyMoveIT extends LegacyMoveContract {

  LegacyMoveIT(DatabaseFixture fixture) {
    super(fixture);
  }
}
