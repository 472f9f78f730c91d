package dev.millrace.aggregate.series;

import org.apache.kafka.streams.processor.StateStore;

/** Opens stores to tests: as Kafka Streams fills them before a task runs, and to be counted. */
public final class Restorer {

  private Restorer() {}

  /** One record; a null value deletes. */
  public static void restore(StateStore store, byte[] key, byte[] value) {
    ((LiveStore<?>) store).restore(key, value);
  }

  /** How many states a store holds. */
  public static int size(StateStore store) {
    return ((LiveStore<?>) store).size();
  }
}
