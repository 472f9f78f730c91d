package dev.millrace.sink.deadletter;

import dev.millrace.failure.MillraceException;
import dev.millrace.schema.wire.DeadLetter;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Where records go that can never be stored. */
public interface DeadLetters extends AutoCloseable {

  /**
   * A record and why it is put aside.
   *
   * @param record as it was read
   * @param reason what the headers say
   */
  record Aside(ConsumerRecord<byte[], byte[]> record, DeadLetter reason) {}

  /**
   * Keeps the records. When this returns they are durable: only then may the transaction commit
   * that moves on without them. A record may be kept twice where that transaction fails afterwards.
   *
   * @throws MillraceException {@link DeadLetterFailure}
   */
  void keep(List<Aside> records);

  @Override
  void close();
}
