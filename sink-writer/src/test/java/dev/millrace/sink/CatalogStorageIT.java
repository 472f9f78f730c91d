package dev.millrace.sink;

import dev.millrace.embedded.junit.DatabaseExtension;
import org.junit.jupiter.api.extension.ExtendWith;

/** On PostgreSQL alone. */
@ExtendWith(DatabaseExtension.class)
class CatalogStorageIT extends CatalogStorageContract {}
