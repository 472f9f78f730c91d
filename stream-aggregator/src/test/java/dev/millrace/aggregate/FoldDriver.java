package dev.millrace.aggregate;

import dev.millrace.catalog.Millrace;
import dev.millrace.config.Settings;
import dev.millrace.schema.RecordCatalog;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.wire.MessageKey;
import dev.millrace.schema.wire.RecordDecoder;
import dev.millrace.schema.wire.RecordEncoder;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.test.TestRecord;

/** The whole topology without a broker: event time and wall clock are moved by hand. */
final class FoldDriver implements AutoCloseable {
  static final RecordCatalog CATALOG = Millrace.CATALOG;

  /** Of this working copy: others may run the same tests. */
  static final String STATE_DIRECTORY = "target/streams-state";

  private final FakeRegistry registry;
  private final CountingMetrics metrics = new CountingMetrics();
  private final TopologyTestDriver driver;
  private final Map<String, RecordEncoder> encoders = new HashMap<>();

  FoldDriver(Instant now, Map<String, String> settings) {
    this(now, settings, new FakeRegistry());
  }

  FoldDriver(Instant now, Map<String, String> settings, FakeRegistry registry) {
    this.registry = registry;
    var config = AggregatorConfig.from(Settings.of(settings));
    var topology = new AggregationTopology(CATALOG, config, registry, metrics).get();
    var properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
    properties.put(StreamsConfig.STATE_DIR_CONFIG, STATE_DIRECTORY);
    driver = new TopologyTestDriver(topology, properties, now);
  }

  Map<String, Integer> counts() {
    return metrics.counts();
  }

  FakeRegistry registry() {
    return registry;
  }

  /** Publishes a record as the producer does. */
  void send(RecordType type, GenericRecord record) {
    var encoder =
        encoders.computeIfAbsent(type.topic(), topic -> new RecordEncoder(type, registry));
    sendBytes(type, MessageKey.of(type, record), encoder.encode(record));
  }

  /** Publishes a record as a client does that stamps no message. */
  void sendUnstamped(RecordType type, GenericRecord record) {
    var bytes = new ByteArraySerializer();
    var value = new RecordEncoder(type, registry).encode(record);
    driver
        .createInputTopic(type.topic(), bytes, bytes, Instant.ofEpochMilli(-1), Duration.ZERO)
        .pipeInput(MessageKey.of(type, record), value);
  }

  void sendBytes(RecordType type, byte[] key, byte[] value) {
    sendBytes(type.topic(), key, value);
  }

  void sendBytes(String topic, byte[] key, byte[] value) {
    var bytes = new ByteArraySerializer();
    driver.createInputTopic(topic, bytes, bytes).pipeInput(key, value);
  }

  /** Moves the wall clock. */
  void pass(Duration time) {
    driver.advanceWallClockTime(time);
  }

  /** What was published to a topic since it was last asked. */
  List<GenericRecord> read(RecordType type) {
    var decoder = new RecordDecoder(type.schema(), registry);
    return readRaw(type.topic()).stream()
        .map(message -> decoder.decode(message.value(), null))
        .toList();
  }

  List<TestRecord<byte[], byte[]>> readRaw(String topic) {
    if (!driver.producedTopicNames().contains(topic)) {
      return List.of();
    }
    var bytes = new ByteArrayDeserializer();
    return driver.createOutputTopic(topic, bytes, bytes).readRecordsToList();
  }

  StateStore store(String name) {
    return driver.getStateStore(name);
  }

  @Override
  public void close() {
    driver.close();
  }
}
