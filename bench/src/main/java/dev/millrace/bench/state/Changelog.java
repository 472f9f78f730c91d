package dev.millrace.bench.state;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * What the changelogs of an application hold.
 *
 * @param keys that have a value
 * @param bytes of the last record of each of them, key and value: what is left after compaction
 * @param offsets records ever written, and a few marks of transactions
 */
record Changelog(long keys, long bytes, long offsets) {

  /** Reads all of them, as committed. */
  static Changelog read(Map<String, String> kafka, String application) {
    var settings = new HashMap<String, Object>(kafka);
    settings.put("isolation.level", "read_committed");
    settings.put("enable.auto.commit", "false");
    var deserializer = new ByteArrayDeserializer();
    try (var consumer = new KafkaConsumer<>(settings, deserializer, deserializer)) {
      var keys = 0L;
      var bytes = 0L;
      var offsets = 0L;
      for (var topic : consumer.listTopics().entrySet()) {
        if (topic.getKey().startsWith(application + "-") && topic.getKey().endsWith("-changelog")) {
          for (var info : topic.getValue()) {
            var partition = new TopicPartition(info.topic(), info.partition());
            var sizes = sizes(consumer, partition);
            keys += sizes.size();
            bytes += sizes.values().stream().mapToLong(Integer::longValue).sum();
            offsets += consumer.position(partition);
          }
        }
      }
      return new Changelog(keys, bytes, offsets);
    }
  }

  /** Of the last record of each key. */
  private static Map<ByteBuffer, Integer> sizes(
      KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition) {
    var only = List.of(partition);
    consumer.assign(only);
    consumer.seekToBeginning(only);
    var end = consumer.endOffsets(only).get(partition);
    var sizes = new HashMap<ByteBuffer, Integer>();
    while (consumer.position(partition) < end) {
      for (var each : consumer.poll(Duration.ofMillis(100))) {
        take(each, sizes);
      }
    }
    return sizes;
  }

  private static void take(ConsumerRecord<byte[], byte[]> each, Map<ByteBuffer, Integer> sizes) {
    var key = ByteBuffer.wrap(each.key());
    if (each.value() == null) {
      sizes.remove(key);
    } else {
      sizes.put(key, each.key().length + each.value().length);
    }
  }
}
