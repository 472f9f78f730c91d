package dev.millrace.sink;

import dev.millrace.embedded.junit.DatabaseExtension;
import dev.millrace.embedded.junit.DatabaseFixture;
import org.junit.jupiter.api.extension.ExtendWith;

/** On PostgreSQL alone. */
@ExtendWith(DatabaseExtension.class)
class CatalogStorageIT extends CatalogStorageContract {

  CatalogStorageIT(DatabaseFixture fixture) {
    super(fixture);
  }
}
