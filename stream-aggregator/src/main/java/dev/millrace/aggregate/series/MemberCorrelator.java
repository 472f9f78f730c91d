package dev.millrace.aggregate.series;

import dev.millrace.aggregate.AggregatorMetrics;
import dev.millrace.aggregate.codec.StateWriter;
import dev.millrace.aggregate.correlate.Finding;
import dev.millrace.aggregate.correlate.GroupListener;
import dev.millrace.aggregate.correlate.GroupRules;
import dev.millrace.aggregate.correlate.MemberHour;
import dev.millrace.aggregate.correlate.SeriesName;
import dev.millrace.schema.Insight;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.wire.SchemaRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * Compares the series of each member by their residuals, and sends the hours of the member to its
 * group. Residuals that cannot be decoded, or have no member, are left out.
 */
public final class MemberCorrelator implements Processor<byte[], byte[], byte[], Sent> {
  /** Where correlations go. */
  public static final String FOUND = "found";

  /** Where hours of members go. */
  public static final String HOURS = "hours";

  private static final Duration LOOK_AROUND = Duration.ofMinutes(1);

  private final RecordType into;
  private final Insight.Correlations spec;
  private final SchemaRegistry registry;
  private final LenientDecoder decoder;
  private final StateWriter buffer = new StateWriter();
  private ProcessorContext<byte[], Sent> context;
  private Correlators members;

  /** For the correlations of {@code into}. */
  public MemberCorrelator(RecordType into, SchemaRegistry registry) {
    this.into = into;
    this.spec = (Insight.Correlations) into.insight().orElseThrow();
    this.registry = registry;
    this.decoder = new LenientDecoder(spec.residuals(), registry);
  }

  /** Its store. */
  public static StoreBuilder<?> store(RecordType into, AggregatorMetrics.Fold metrics) {
    return Correlators.store(storeName(into), rules(into), metrics);
  }

  /** The name of its store. */
  public static String storeName(RecordType into) {
    return into.topic() + "-members";
  }

  private static GroupRules rules(RecordType into) {
    var spec = (Insight.Correlations) into.insight().orElseThrow();
    return new GroupRules(spec.maxOfMember(), false);
  }

  @Override
  public void init(ProcessorContext<byte[], Sent> processorContext) {
    context = processorContext;
    members =
        new Correlators(
            into,
            rules(into),
            registry,
            context.getStateStore(storeName(into)),
            context.currentSystemTimeMs(),
            (key, value) -> send(key, FOUND, value));
    context.schedule(LOOK_AROUND, PunctuationType.WALL_CLOCK_TIME, members::lookAround);
  }

  @Override
  public void process(Record<byte[], byte[]> message) {
    decoder.decode(message.value()).ifPresent(this::compare);
  }

  private void compare(GenericRecord residual) {
    var member = residual.get(spec.member());
    if (member == null) {
      return;
    }
    var name = Residuals.name(residual, member.toString());
    var key = name.member().getBytes(StandardCharsets.UTF_8);
    var state = members.arrived(key, context.currentSystemTimeMs());
    var group = residual.get(spec.group());
    if (group != null) {
      state.within(group.toString());
    }
    state
        .series()
        .add(
            name,
            Residuals.begin(residual),
            Residuals.sigma(residual),
            Residuals.samples(residual),
            new Listener(name.member(), state));
  }

  /** Publishes what is found of one member. */
  private final class Listener implements GroupListener {
    private final String member;
    private final CorrelationState state;

    Listener(String member, CorrelationState state) {
      this.member = member;
      this.state = state;
    }

    @Override
    public void found(Finding finding) {
      members.publish(finding);
    }

    @Override
    public void ended(long begin, Map<SeriesName, double[]> steps) {
      if (!state.within().isEmpty()) {
        buffer.reset();
        MemberHour.of(member, begin, steps).encode(buffer);
        send(state.within().getBytes(StandardCharsets.UTF_8), HOURS, buffer.toByteArray());
      }
    }
  }

  private void send(byte[] key, String to, byte[] value) {
    context.forward(new Record<>(key, new Sent(to, value), context.currentSystemTimeMs()));
  }
}
