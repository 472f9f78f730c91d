package dev.millrace.standalone.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads the committed records of some topics from their begin to their present end, and from there
 * on when asked again. Used by one thread.
 */
final class LogReader implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final List<TopicPartition> partitions;
  private final Map<String, List<TopicScan>> scans = new HashMap<>();

  LogReader(Map<String, String> kafka, List<TopicScan> counted) {
    var properties = new HashMap<String, Object>(kafka);
    properties.put("isolation.level", "read_committed");
    properties.put("enable.auto.commit", "false");
    properties.put("max.poll.records", "10000");
    consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    counted.forEach(
        scan ->
            scan.topics()
                .forEach(
                    topic -> scans.computeIfAbsent(topic, key -> new ArrayList<>()).add(scan)));
    partitions =
        scans.keySet().stream()
            .flatMap(topic -> consumer.partitionsFor(topic).stream())
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /** Reads on to what is the end now. */
  void advance() {
    var ends = consumer.endOffsets(partitions);
    while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
      consumer
          .poll(POLL)
          .forEach(record -> scans.get(record.topic()).forEach(scan -> scan.take(record)));
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
