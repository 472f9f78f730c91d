package dev.millrace.embedded.junit;

/**
 * A broker for one test class. The broker is shared by all classes of the run; the topics of a
 * class are its own as long as it begins their names, and those of its groups and transactions,
 * with the prefix.
 *
 * @param bootstrapServers where clients connect, {@code 127.0.0.1:port}
 * @param topicPrefix fresh for each test class, e.g. {@code t7.}
 */
public record KafkaFixture(String bootstrapServers, String topicPrefix) {}
