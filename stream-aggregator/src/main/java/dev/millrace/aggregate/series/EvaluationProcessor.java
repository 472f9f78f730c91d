package dev.millrace.aggregate.series;

import dev.millrace.aggregate.AggregatorMetrics;
import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;
import dev.millrace.aggregate.learn.Ledger;
import dev.millrace.aggregate.learn.Tally;
import dev.millrace.aggregate.output.EvaluationPlan;
import dev.millrace.schema.Insight;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.Tier;
import dev.millrace.schema.wire.MessageKey;
import dev.millrace.schema.wire.RecordEncoder;
import dev.millrace.schema.wire.SchemaRegistry;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * Keeps the tallies of a model's incidents by day, and publishes how well it did when a day is
 * over. There is one task of it.
 */
public final class EvaluationProcessor implements Processor<byte[], byte[], byte[], byte[]> {
  private static final int HOUR = 0;
  private static final int COUNT = 1;

  private final RecordType into;
  private final Insight.Evaluation spec;
  private final EvaluationPlan plan;
  private final RecordEncoder encoder;
  private final long fromMicros;
  private final StateKey key;
  private ProcessorContext<byte[], byte[]> context;
  private LiveStore<Ledger> store;

  /**
   * For the evaluations of {@code into}.
   *
   * @param fromMicros days that begin before are not published
   */
  public EvaluationProcessor(RecordType into, SchemaRegistry registry, long fromMicros) {
    this.into = into;
    this.spec = (Insight.Evaluation) into.insight().orElseThrow();
    this.plan = new EvaluationPlan(spec);
    this.encoder = new RecordEncoder(into, registry);
    this.fromMicros = fromMicros;
    this.key = StateKey.of(spec.model().getBytes(StandardCharsets.UTF_8));
  }

  /** That it is so late, as it is to be handed in. */
  static byte[] hour(long micros) {
    var out = new StateWriter();
    out.writeFixedLong(micros);
    return Marked.of(HOUR, out.toByteArray());
  }

  /** A count of {@link CaseProcessor}, as it is to be handed in. */
  public static byte[] count(byte[] value) {
    return Marked.of(COUNT, value);
  }

  /** Its store. */
  public static StoreBuilder<?> store(RecordType into, AggregatorMetrics.Fold metrics) {
    var spec = (Insight.Evaluation) into.insight().orElseThrow();
    return new LiveStoreBuilder<>(
        storeName(into), () -> new Codec(spec.days()), metrics::changelog);
  }

  /** The name of its store. */
  public static String storeName(RecordType into) {
    return into.topic() + "-days";
  }

  /** A ledger as bytes. */
  private static final class Codec implements WholeCodec<Ledger> {
    private final int days;

    Codec(int days) {
      this.days = days;
    }

    @Override
    public void encode(Ledger state, StateWriter out) {
      state.encode(out);
    }

    @Override
    public Ledger decode(StateReader in) {
      return Ledger.decode(in, days);
    }
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> processorContext) {
    context = processorContext;
    store = context.getStateStore(storeName(into));
  }

  @Override
  public void process(Record<byte[], byte[]> message) {
    var entry = store.find(key);
    if (entry == null) {
      entry = store.create(key, new Ledger(spec.days()));
    }
    store.change(entry);
    var in = new StateReader(Marked.value(message.value()));
    var micros = in.readFixedLong();
    if (Marked.mark(message.value()) == COUNT) {
      entry.value().add(micros, Tally.decode(in));
    } else {
      entry.value().pass(micros).forEach(this::publish);
    }
  }

  private void publish(Ledger.Evaluation day) {
    if (day.end() - Tier.ONE_DAY.micros() < fromMicros) {
      return;
    }
    var record = plan.record(day);
    var name = MessageKey.of(into, record);
    context.forward(new Record<>(name, encoder.encode(record), context.currentSystemTimeMs()));
  }
}
