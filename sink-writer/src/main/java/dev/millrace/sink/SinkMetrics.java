package dev.millrace.sink;

import dev.millrace.sink.maintain.MaintenanceMetrics;

/**
 * What the sink counts, told after the transaction that it speaks of has committed. At any time, a
 * topic: <b>read = stored + dead-lettered + in flight</b>, where in flight is at most what one poll
 * returned; {@code millrace.sink_progress} holds the first three across restarts. Be woken by lag
 * that grows for minutes, by any dead letter, and by retries that do not end.
 *
 * <p>Called by the sink's thread.
 */
public interface SinkMetrics {

  /** Counts nothing. */
  SinkMetrics NONE = new SinkMetrics() {};

  /** Records that a poll returned. */
  default void read(String topic, int records) {}

  /**
   * A committed batch.
   *
   * @param stored records whose row is in the table
   * @param bytes of those rows, encoded
   * @param nanos from decoding to the commit
   */
  default void committed(String topic, int stored, long bytes, long nanos) {}

  /** A batch met keys that were taken and went through staging. */
  default void conflicted(String topic) {}

  /** A record was put aside; {@code code} says why. */
  default void deadLettered(String topic, String code) {}

  /** A batch will be tried again; {@code code} says why. */
  default void retried(String topic, String code) {}

  /** Another writer has claimed a partition. */
  default void fenced(String topic) {}

  /** Records between the last one stored and the end of the partition; 0 once it is given away. */
  default void lag(String topic, int partition, long records) {}

  /** Counts for the sink's maintenance, which another thread calls. */
  default MaintenanceMetrics maintenance() {
    return MaintenanceMetrics.NONE;
  }
}
