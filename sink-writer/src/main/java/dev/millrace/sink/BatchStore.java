package dev.millrace.sink;

import dev.millrace.failure.MillraceException;
import dev.millrace.sink.write.Claim;
import dev.millrace.sink.write.EncodedRows;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Where the records of one partition go. Called by one thread at a time, though not always the
 * same.
 */
interface BatchStore {

  /** Takes the partition over from whoever had it. */
  Claim claim(int partition);

  /**
   * Stores a batch, or nothing of it.
   *
   * @param batch records of one partition in the order of their offsets, at least one; all of them
   *     with a value or none
   * @param rows memory to encode in, the caller's until this returns
   * @return the claim behind the batch
   * @throws MillraceException never of owner data: such records are dead-lettered
   */
  Claim store(Claim claim, List<ConsumerRecord<byte[], byte[]>> batch, EncodedRows rows);

  /** Looks at the table again before the next batch. */
  void forget();
}
