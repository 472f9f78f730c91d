package dev.millrace.aggregate.series;

import dev.millrace.aggregate.codec.StateWriter;
import dev.millrace.aggregate.score.FactPlan;
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
 * Sends what each record of the input types says of an entity, under the entity's key. Tombstones,
 * and what the sink puts aside as undecodable, say nothing.
 */
public final class FactProcessor implements Processor<byte[], byte[], byte[], byte[]> {
  private final FactPlan plan;
  private final Map<String, RecordType> types = new HashMap<>();
  private final Map<String, RecordDecoder> decoders = new HashMap<>();
  private final StateWriter value = new StateWriter();
  private ProcessorContext<byte[], byte[]> context;

  /**
   * For the scores of {@code into}.
   *
   * @param incidents the type of the steps of incidents
   */
  public FactProcessor(RecordType into, RecordType incidents, SchemaRegistry registry) {
    plan = new FactPlan(into, incidents);
    into.scoring().orElseThrow().inputs().forEach(input -> types.put(input.topic(), input));
    types.put(incidents.topic(), incidents);
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
      var record = decoders.get(topic).decode(message.value(), null);
      plan.facts(types.get(topic), record).forEach(fact -> send(fact, message.timestamp()));
    } catch (MillraceException failed) {
      if (failed.code().owner() != Owner.DATA) {
        throw failed;
      }
    }
  }

  private void send(FactPlan.Addressed addressed, long timestamp) {
    value.reset();
    addressed.fact().encode(value);
    context.forward(new Record<>(addressed.entity().bytes(), value.toByteArray(), timestamp));
  }
}
