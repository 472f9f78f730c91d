package dev.millrace.embedded.junit;

/**
 * An empty schema registry for one test class.
 *
 * @param url where clients connect, {@code http://127.0.0.1:port}
 */
public record RegistryFixture(String url) {}
