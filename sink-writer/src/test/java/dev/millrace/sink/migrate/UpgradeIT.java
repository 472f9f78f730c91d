package dev.millrace.sink.migrate;

import dev.millrace.embedded.junit.DatabaseExtension;
import dev.millrace.embedded.junit.DatabaseFixture;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(DatabaseExtension.class)
class UpgradeIT extends UpgradeContract {

  UpgradeIT(DatabaseFixture fixture) {
    super(fixture);
  }
}
