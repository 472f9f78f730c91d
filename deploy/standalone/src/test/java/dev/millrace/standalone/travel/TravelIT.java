package dev.millrace.standalone.travel;

import dev.millrace.embedded.junit.DatabaseExtension;
import dev.millrace.embedded.junit.DatabaseFixture;
import dev.millrace.embedded.junit.KafkaExtension;
import dev.millrace.embedded.junit.KafkaFixture;
import dev.millrace.embedded.junit.RegistryExtension;
import dev.millrace.embedded.junit.RegistryFixture;
import org.junit.jupiter.api.extension.ExtendWith;

/** To PostgreSQL alone. */
@ExtendWith({KafkaExtension.class, RegistryExtension.class, DatabaseExtension.class})
class TravelIT extends TravelContract {

  TravelIT(KafkaFixture kafka, RegistryFixture registry, DatabaseFixture database) {
    super(kafka, registry, database);
  }
}
