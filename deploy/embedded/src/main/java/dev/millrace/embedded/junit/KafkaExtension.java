package dev.millrace.embedded.junit;

import dev.millrace.embedded.EmbeddedKafka;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Gives a test class a {@link KafkaFixture}, as a parameter of its constructor or methods: one
 * broker a JVM, a topic prefix a class. Used with {@link ExtendWith}.
 */
public final class KafkaExtension extends ClassFixture<KafkaFixture> {

  public KafkaExtension() {
    super(KafkaFixture.class);
  }

  @Override
  KafkaFixture create(ExtensionContext testClass, int number) {
    var kafka =
        SharedServers.get(EmbeddedKafka.class, EmbeddedKafka.class, EmbeddedKafka::temporary);
    return new KafkaFixture(kafka.bootstrapServers(), "t" + number + ".");
  }
}
