package dev.millrace.aggregate.series;

import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Hands what a topic of entities brings to its {@link KnownEntities}. */
public final class KeepKnown implements Processor<byte[], byte[], Void, Void> {
  private final String store;
  private KnownEntities entities;

  /** Keeps in the store of this name. */
  public KeepKnown(String store) {
    this.store = store;
  }

  @Override
  public void init(ProcessorContext<Void, Void> context) {
    entities = context.getStateStore(store);
  }

  @Override
  public void process(Record<byte[], byte[]> message) {
    entities.keep(message.key(), message.value());
  }
}
