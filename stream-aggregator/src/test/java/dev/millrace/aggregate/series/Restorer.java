package dev.millrace.aggregate.series;

import org.apache.kafka.streams.processor.StateStore;

/** Puts records of a changelog into a store, as Kafka Streams does before a task runs. */
public final class Restorer {

  private Restorer() {}

  /** One record; a null value deletes. */
  public static void restore(StateStore store, byte[] key, byte[] value) {
    ((LiveStore<?>) store).restore(key, value);
  }
}
