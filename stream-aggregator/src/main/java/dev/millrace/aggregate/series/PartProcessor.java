package dev.millrace.aggregate.series;

import dev.millrace.aggregate.codec.StateWriter;
import dev.millrace.aggregate.rollup.RollupPlan;
import dev.millrace.failure.MillraceException;
import dev.millrace.failure.Owner;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.wire.RecordDecoder;
import dev.millrace.schema.wire.SchemaRegistry;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Sends what each row of the input types gives to its group and day, under their key: the one
 * repartition a rollup needs. Tombstones, and what the sink puts aside as undecodable, give
 * nothing.
 */
public final class PartProcessor implements Processor<byte[], byte[], byte[], byte[]> {
  private final RollupPlan plan;
  private final Map<String, RecordType> types = new HashMap<>();
  private final Map<String, RecordDecoder> decoders = new HashMap<>();
  private final StateWriter key = new StateWriter();
  private final StateWriter value = new StateWriter();
  private ProcessorContext<byte[], byte[]> context;

  /** For the rollup of {@code into}. */
  public PartProcessor(RecordType into, SchemaRegistry registry) {
    plan = new RollupPlan(into);
    for (var input : into.rollup().orElseThrow().inputs()) {
      types.put(input.of().topic(), input.of());
    }
    types.forEach((topic, type) -> decoders.put(topic, new RecordDecoder(type.schema(), registry)));
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> processorContext) {
    context = processorContext;
  }

  @Override
  public void process(Record<byte[], byte[]> message) {
    if (message.value() == null) {
      return;
    }
    var topic = context.recordMetadata().orElseThrow().topic();
    try {
      var row = decoders.get(topic).decode(message.value(), null);
      plan.parts(types.get(topic), row).forEach(part -> send(part, message.timestamp()));
    } catch (MillraceException failed) {
      if (failed.code().owner() != Owner.DATA) {
        throw failed;
      }
    }
  }

  private void send(RollupPlan.Addressed addressed, long timestamp) {
    key.reset();
    key.writeLong(addressed.group());
    key.writeLong(addressed.day());
    value.reset();
    addressed.part().encode(value);
    context.forward(new Record<>(key.toByteArray(), value.toByteArray(), timestamp));
  }
}
