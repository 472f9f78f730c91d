package dev.millrace.sink;

import dev.millrace.embedded.junit.TimescaleExtension;
import org.junit.jupiter.api.extension.ExtendWith;

/** On TimescaleDB, where the tables are hypertables. */
@ExtendWith(TimescaleExtension.class)
class CatalogStorageOnTimescaleIT extends CatalogStorageContract {}
