package dev.millrace.sink.deadletter;

import dev.millrace.schema.wire.DeadLetter;
import dev.millrace.sink.write.Origin;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A dead letter as it was read.
 *
 * @param origin where the record was read that it holds
 * @param place where the letter itself is
 * @param time when it was put aside
 * @param code why, as a {@link dev.millrace.failure.FailureCode} by name
 * @param message the same in words
 * @param stage what was being done
 * @param key the record's key; null if it has none
 * @param value the record's bytes; null if it has none
 */
@SuppressWarnings("ArrayRecordComponent") // A letter is never compared, only its origin is.
public record Letter(
    Origin origin,
    Origin place,
    Instant time,
    String code,
    String message,
    String stage,
    byte[] key,
    byte[] value) {

  /** Reads the headers; empty for a record without them, which nothing here has put there. */
  static Optional<Letter> of(ConsumerRecord<byte[], byte[]> record) {
    var topic = header(record, DeadLetter.TOPIC);
    var partition = number(record, DeadLetter.PARTITION);
    var offset = number(record, DeadLetter.OFFSET);
    if (topic.isEmpty() || partition.isEmpty() || offset.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Letter(
            new Origin(topic.get(), partition.get().intValue(), offset.get()),
            new Origin(record.topic(), record.partition(), record.offset()),
            Instant.ofEpochMilli(record.timestamp()),
            header(record, DeadLetter.EXCEPTION_CLASS).orElse(""),
            header(record, DeadLetter.EXCEPTION_MESSAGE).orElse(""),
            header(record, DeadLetter.STAGE).orElse(""),
            record.key(),
            record.value()));
  }

  private static Optional<Long> number(ConsumerRecord<byte[], byte[]> record, String name) {
    return header(record, name).filter(text -> text.matches("\\d{1,18}")).map(Long::valueOf);
  }

  /** The last of its name: the ones before it are those of an earlier refusal. */
  private static Optional<String> header(ConsumerRecord<byte[], byte[]> record, String name) {
    return Optional.ofNullable(record.headers().lastHeader(name))
        .filter(header -> header.value() != null)
        .map(header -> new String(header.value(), StandardCharsets.UTF_8));
  }

  /** Bytes of key and value. */
  int bytes() {
    return (key == null ? 0 : key.length) + (value == null ? 0 : value.length);
  }
}
