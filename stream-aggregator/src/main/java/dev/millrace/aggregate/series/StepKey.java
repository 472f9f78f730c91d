package dev.millrace.aggregate.series;

import dev.millrace.schema.RecordType;
import dev.millrace.schema.wire.SchemaRegistry;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Sends on the steps of incidents under the id of their incident: they come under that of their
 * series. What cannot be decoded goes no further.
 */
public final class StepKey implements Processor<byte[], byte[], byte[], byte[]> {
  private static final String INCIDENT = "incident_id";

  private final LenientDecoder decoder;
  private ProcessorContext<byte[], byte[]> context;

  /** Of the type of the steps. */
  public StepKey(RecordType incidents, SchemaRegistry registry) {
    decoder = new LenientDecoder(incidents, registry);
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> processorContext) {
    context = processorContext;
  }

  @Override
  public void process(Record<byte[], byte[]> message) {
    if (message.value() != null) {
      decoder
          .decode(message.value())
          .map(step -> step.get(INCIDENT).toString().getBytes(StandardCharsets.UTF_8))
          .ifPresent(id -> context.forward(message.withKey(id)));
    }
  }
}
