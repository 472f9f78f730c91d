package dev.millrace.aggregate.series;

import dev.millrace.aggregate.AggregatorMetrics;
import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.correlate.GroupRules;
import dev.millrace.aggregate.correlate.MemberHour;
import dev.millrace.schema.Insight;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.wire.SchemaRegistry;
import java.time.Duration;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * Compares the metrics of the members of each group with those of the others, by the hours that
 * {@link MemberCorrelator} sends. An hour is taken when a member sends the next; what a member
 * sends of it after that, an hour later than that one, is left out.
 */
public final class GroupCorrelator implements Processor<byte[], byte[], byte[], byte[]> {
  private static final Duration LOOK_AROUND = Duration.ofMinutes(1);

  private final RecordType into;
  private final Insight.Correlations spec;
  private final SchemaRegistry registry;
  private ProcessorContext<byte[], byte[]> context;
  private Correlators groups;

  /** For the correlations of {@code into}. */
  public GroupCorrelator(RecordType into, SchemaRegistry registry) {
    this.into = into;
    this.spec = (Insight.Correlations) into.insight().orElseThrow();
    this.registry = registry;
  }

  /** Its store. */
  public static StoreBuilder<?> store(RecordType into, AggregatorMetrics.Fold metrics) {
    return Correlators.store(storeName(into), rules(into), metrics);
  }

  /** The name of its store. */
  public static String storeName(RecordType into) {
    return into.topic() + "-groups";
  }

  private static GroupRules rules(RecordType into) {
    var spec = (Insight.Correlations) into.insight().orElseThrow();
    return new GroupRules(spec.maxOfGroup(), true);
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> processorContext) {
    context = processorContext;
    groups =
        new Correlators(
            into,
            rules(into),
            registry,
            context.getStateStore(storeName(into)),
            context.currentSystemTimeMs(),
            (key, value) ->
                context.forward(new Record<>(key, value, context.currentSystemTimeMs())));
    context.schedule(LOOK_AROUND, PunctuationType.WALL_CLOCK_TIME, groups::lookAround);
  }

  @Override
  public void process(Record<byte[], byte[]> message) {
    var state = groups.arrived(message.key(), context.currentSystemTimeMs());
    MemberHour.decode(new StateReader(message.value()))
        .addTo(state.series(), spec.memberScope(), groups::publish);
  }
}
