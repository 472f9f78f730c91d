package dev.millrace.standalone.travel;

import dev.millrace.embedded.junit.DatabaseFixture;
import dev.millrace.embedded.junit.KafkaExtension;
import dev.millrace.embedded.junit.KafkaFixture;
import dev.millrace.embedded.junit.RegistryExtension;
import dev.millrace.embedded.junit.RegistryFixture;
import dev.millrace.embedded.junit.TimescaleExtension;
import org.junit.jupiter.api.extension.ExtendWith;

/** To TimescaleDB, where the tables are hypertables. */
@ExtendWith({KafkaExtension.class, RegistryExtension.class, TimescaleExtension.class})
class TravelToTimescaleIT extends TravelContract {

  TravelToTimescaleIT(KafkaFixture kafka, RegistryFixture registry, DatabaseFixture database) {
    super(kafka, registry, database);
  }
}
