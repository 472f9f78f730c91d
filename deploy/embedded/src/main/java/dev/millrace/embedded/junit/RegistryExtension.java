package dev.millrace.embedded.junit;

import dev.millrace.embedded.Loopback;
import dev.millrace.embedded.registry.RegistryServer;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Gives a test class a {@link RegistryFixture}, as a parameter of its constructor or methods: an
 * empty registry a class, closed after it. Used with {@link ExtendWith}.
 */
public final class RegistryExtension extends ClassFixture<RegistryFixture> {

  public RegistryExtension() {
    super(RegistryFixture.class);
  }

  @Override
  RegistryFixture create(ExtensionContext testClass, int number) {
    var server =
        own(
            testClass,
            RegistryServer.class,
            () -> RegistryServer.start(Optional.empty(), Loopback.ANY_PORT));
    return new RegistryFixture(server.url());
  }
}
