package dev.millrace.aggregate.series;

import dev.millrace.schema.RecordType;
import dev.millrace.schema.Tier;
import dev.millrace.schema.wire.SchemaRegistry;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Tells the hour by the event time of records: once an hour, and after each start once more. It
 * keeps nothing, as whoever listens goes by the latest of several.
 */
public final class ClockProcessor implements Processor<byte[], byte[], byte[], byte[]> {
  private final RecordType type;
  private final LenientDecoder decoder;
  private ProcessorContext<byte[], byte[]> context;
  private long hour = Long.MIN_VALUE;

  /** By the records of a type. */
  public ClockProcessor(RecordType type, SchemaRegistry registry) {
    this.type = type;
    this.decoder = new LenientDecoder(type, registry);
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> processorContext) {
    context = processorContext;
  }

  @Override
  public void process(Record<byte[], byte[]> message) {
    decoder.decode(message.value()).ifPresent(record -> tell((Long) record.get(type.eventTime())));
  }

  private void tell(long micros) {
    var begin = Tier.ONE_HOUR.begin(micros);
    if (begin > hour) {
      hour = begin;
      context.forward(
          new Record<>(
              new byte[0], EvaluationProcessor.hour(begin), context.currentSystemTimeMs()));
    }
  }
}
