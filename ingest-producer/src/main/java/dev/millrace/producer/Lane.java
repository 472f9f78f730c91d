package dev.millrace.producer;

import dev.millrace.failure.MillraceException;
import dev.millrace.producer.validate.RecordValidator;
import dev.millrace.producer.validate.TimeBounds;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.wire.MessageKey;
import dev.millrace.schema.wire.RecordEncoder;
import dev.millrace.schema.wire.SchemaRegistry;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * The way of one record type from record to bytes: check, key, encode. Safe for several threads;
 * each has its own encoder. The schema is registered when a thread's first record comes.
 */
final class Lane {
  private static final int MICROS_PER_MILLI = 1_000;

  private final RecordType type;
  private final RecordValidator validator;
  private final ThreadLocal<RecordEncoder> encoders;

  Lane(RecordType type, TimeBounds bounds, SchemaRegistry registry) {
    this.type = type;
    this.validator = new RecordValidator(type, bounds);
    this.encoders = ThreadLocal.withInitial(() -> new RecordEncoder(type, registry));
  }

  String topic() {
    return type.topic();
  }

  /**
   * What is sent for a record.
   *
   * @throws MillraceException if the record is bad, or its schema cannot be registered
   */
  ProducerRecord<byte[], byte[]> prepare(IndexedRecord record, long nowMillis) {
    requireSchema(record.getSchema());
    var micros = validator.validate(record, nowMillis);
    return new ProducerRecord<>(
        type.topic(),
        null,
        micros / MICROS_PER_MILLI,
        MessageKey.of(type, record),
        encoded(record));
  }

  /** The validator lets nothing through that Avro could refuse; should it, the record is named. */
  private byte[] encoded(IndexedRecord record) {
    var encoder = encoders.get();
    try {
      return encoder.encode(record);
    } catch (AvroRuntimeException | ClassCastException | NullPointerException unfit) {
      throw new MillraceException(
          PublishFailure.UNEXPECTED,
          "record for topic %s passed its checks and cannot be encoded: %s"
              .formatted(type.topic(), unfit.getMessage()),
          unfit);
    }
  }

  /** Cheap where the record was built with the very schema of the type, as it should be. */
  private void requireSchema(Schema schema) {
    if (!schema.equals(type.schema())) {
      throw new MillraceException(
          PublishFailure.WRONG_SCHEMA,
          "topic %s takes %s records, and this %s is not the same; build it with the schema of %s"
              .formatted(
                  type.topic(), type.schema().getFullName(), schema.getFullName(), type.topic()));
    }
  }
}
