package dev.millrace.producer;

/**
 * Where an acknowledged record lies.
 *
 * @param topic its topic
 * @param partition its partition
 * @param offset its offset in the partition
 */
public record Published(String topic, int partition, long offset) {}
