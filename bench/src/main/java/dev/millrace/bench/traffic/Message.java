package dev.millrace.bench.traffic;

import java.util.Optional;
import org.apache.avro.generic.GenericRecord;

/**
 * A record to publish.
 *
 * @param key text of the message key
 * @param value empty for a tombstone
 */
public record Message(String key, Optional<GenericRecord> value) {}
