package dev.millrace.sink;

import dev.millrace.sink.maintain.MaintenanceMetrics;
import org.apache.kafka.clients.consumer.Consumer;

/**
 * What the sink counts, by topic and partition. At any time, for each: <b>read = stored +
 * dead-lettered + given back + in flight</b>, where what is given back is read again, here or by
 * another sink; {@code millrace.sink_progress} holds read, stored and dead-lettered across
 * restarts. Be woken by lag that grows for minutes, by any dead letter, and by retries that do not
 * end.
 *
 * <p>Called by the poller and by the writers: implementations are safe for use by several threads.
 */
public interface SinkMetrics {

  /** Counts nothing. */
  SinkMetrics NONE = new SinkMetrics() {};

  /** Records that a poll returned. */
  default void read(String topic, int partition, int records) {}

  /**
   * A committed batch.
   *
   * @param stored records whose row is in the table, or that have deleted theirs
   * @param bytes of those rows, encoded
   * @param nanos from decoding to the commit
   */
  default void committed(String topic, int partition, int stored, long bytes, long nanos) {}

  /** A batch met keys that were taken and went through staging. */
  default void conflicted(String topic, int partition) {}

  /** A record was put aside; {@code code} says why. */
  default void deadLettered(String topic, int partition, String code) {}

  /** A batch will be tried again; {@code code} says why. */
  default void retried(String topic, int partition, String code) {}

  /** Another writer has claimed a partition. */
  default void fenced(String topic, int partition) {}

  /** Records that were read and not stored when the partition, or its claim, was given up. */
  default void givenBack(String topic, int partition, int records) {}

  /** Records that are read and not stored yet. */
  default void inFlight(String topic, int partition, int records) {}

  /**
   * How far behind the end of the partition the database is; 0 once the partition is given away.
   *
   * @param records between the last one stored and the end
   * @param millis since the first of them came to the topic, as far as is known
   */
  default void lag(String topic, int partition, long records, long millis) {}

  /**
   * The sink has made its consumer, which has metrics of its own. Called once, at the beginning.
   */
  default void consuming(Consumer<?, ?> consumer) {}

  /** The sink needs its consumer no more. Called once, at the end. */
  default void consumed() {}

  /** Counts for the sink's maintenance, which another thread calls. */
  default MaintenanceMetrics maintenance() {
    return MaintenanceMetrics.NONE;
  }
}
