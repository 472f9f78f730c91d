package dev.millrace.sink.migrate;

import dev.millrace.embedded.junit.DatabaseFixture;
import dev.millrace.embedded.junit.TimescaleExtension;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TimescaleExtension.class)
class UpgradeOnTimescaleIT extends UpgradeContract {

  UpgradeOnTimescaleIT(DatabaseFixture fixture) {
    super(fixture);
  }
}
