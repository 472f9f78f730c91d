package dev.millrace.sink;

/**
 * What the sink counts, told after the transaction that it speaks of has committed. At any time, a
 * topic: <b>read = stored + dead-lettered + in flight</b>, where in flight is at most what one poll
 * returned; {@code millrace.sink_progress} holds the first three across restarts. Be woken by lag
 * that grows for minutes, by any dead letter, and by retries that do not end.
 *
 * <p>Called by the sink's thread.
 */
public interface SinkMetrics {

  /** Records that a poll returned. */
  void read(String topic, int records);

  /**
   * A committed batch.
   *
   * @param stored records whose row is in the table
   * @param bytes of those rows, encoded
   * @param nanos from decoding to the commit
   */
  void committed(String topic, int stored, long bytes, long nanos);

  /** A batch met keys that were taken and went through staging. */
  void conflicted(String topic);

  /** A record was put aside; {@code code} says why. */
  void deadLettered(String topic, String code);

  /** A batch will be tried again; {@code code} says why. */
  void retried(String topic, String code);

  /** Another writer has claimed a partition. */
  void fenced(String topic);

  /** Records between the last one stored and the end of the partition. */
  void lag(String topic, int partition, long records);

  /** Counts nothing. */
  SinkMetrics NONE =
      new SinkMetrics() {
        @Override
        public void read(String topic, int records) {}

        @Override
        public void committed(String topic, int stored, long bytes, long nanos) {}

        @Override
        public void conflicted(String topic) {}

        @Override
        public void deadLettered(String topic, String code) {}

        @Override
        public void retried(String topic, String code) {}

        @Override
        public void fenced(String topic) {}

        @Override
        public void lag(String topic, int partition, long records) {}
      };
}
