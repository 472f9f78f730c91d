package dev.millrace.bench.sink;

import dev.millrace.bench.server.BrokerProcess;
import dev.millrace.schema.wire.ConfluentSchemaRegistry;
import dev.millrace.schema.wire.MessageKey;
import dev.millrace.schema.wire.RecordEncoder;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Publishes the records of a {@link Load} to the partitions it says. One thread. */
final class LoadProducer implements AutoCloseable {
  private final Load load;
  private final String topic;
  private final RecordEncoder encoder;
  private final KafkaProducer<byte[], byte[]> producer;
  private final Consumer<RecordMetadata> taken;
  private final AtomicReference<Exception> failure = new AtomicReference<>();

  /**
   * @param taken told of each record that the broker has taken, on the producer's own thread
   */
  LoadProducer(BrokerProcess broker, Load load, Consumer<RecordMetadata> taken) {
    var registry = new ConfluentSchemaRegistry(broker.registryUrl(), Map.of());
    this.load = load;
    this.topic = load.topic().topic();
    this.encoder = new RecordEncoder(load.topic(), registry);
    this.producer = new KafkaProducer<>(settings(broker));
    this.taken = taken;
  }

  private static Map<String, Object> settings(BrokerProcess broker) {
    var settings = new HashMap<String, Object>(broker.kafka());
    settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 5);
    settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 256 << 10);
    settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 64L << 20);
    return settings;
  }

  void send(IndexedRecord row, int partition) {
    var key = MessageKey.of(load.type(), row);
    var unused =
        producer.send(
            new ProducerRecord<>(topic, partition, key, encoder.encode(row)), this::answered);
  }

  private void answered(RecordMetadata metadata, Exception failed) {
    if (failed == null) {
      taken.accept(metadata);
    } else {
      failure.compareAndSet(null, failed);
    }
  }

  /** Waits until all are acknowledged; throws if one was not. */
  @Override
  public void close() {
    producer.close();
    if (failure.get() != null) {
      throw new IllegalStateException("Kafka did not take a record of " + topic, failure.get());
    }
  }
}
