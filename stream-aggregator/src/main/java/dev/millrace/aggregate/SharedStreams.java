package dev.millrace.aggregate;

import dev.millrace.schema.RecordType;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * The topics a topology reads, each by one source however many go on from it: Kafka Streams takes a
 * topic from one source only. Used by one thread while a topology is made.
 */
final class SharedStreams {
  private final StreamsBuilder builder;
  private final TimestampExtractor stamps;
  private final Map<String, KStream<byte[], byte[]>> read = new HashMap<>();

  /**
   * Of a topology.
   *
   * @param stamps says when a message was
   */
  SharedStreams(StreamsBuilder builder, TimestampExtractor stamps) {
    this.builder = builder;
    this.stamps = stamps;
  }

  StreamsBuilder builder() {
    return builder;
  }

  /** The messages of a type. */
  KStream<byte[], byte[]> of(RecordType type) {
    var bytes = Serdes.ByteArray();
    return read.computeIfAbsent(
        type.topic(),
        topic ->
            builder.stream(
                topic,
                Consumed.with(bytes, bytes)
                    .withTimestampExtractor(stamps)
                    .withName(topic + "-read")));
  }
}
