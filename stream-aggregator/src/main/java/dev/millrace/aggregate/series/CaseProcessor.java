package dev.millrace.aggregate.series;

import dev.millrace.aggregate.AggregatorMetrics;
import dev.millrace.aggregate.codec.StateWriter;
import dev.millrace.aggregate.learn.Case;
import dev.millrace.aggregate.learn.Incident;
import dev.millrace.aggregate.learn.Tally;
import dev.millrace.aggregate.output.CaseReader;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.wire.SchemaRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * Brings together what is told of an incident and what people found of it, both under its id. Sends
 * each change to the incident's entity, and to the tallies what it changes of them.
 *
 * <p>An incident is remembered for 35 days after something was last told of it, 50,000 of them in a
 * task at most, of some 600 bytes each; of more, only that they were detected is counted.
 */
public final class CaseProcessor implements Processor<byte[], byte[], byte[], Sent> {
  /** Where cases go, under the name of their entity: whether they were judged, and the case. */
  public static final String CASES = "cases";

  /** Where changes of tallies go: the time that says of which day, and what to add. */
  public static final String COUNTS = "counts";

  private static final int STEP = 0;
  private static final int FEEDBACK = 1;
  private static final int MAX_CASES = 50_000;
  private static final Duration KEEP = Duration.ofDays(35);
  private static final Duration LOOK_AROUND = Duration.ofMinutes(1);

  private final RecordType feedback;
  private final LenientDecoder steps;
  private final LenientDecoder judgements;
  private final CaseReader reader;
  private final int maxCases;
  private final StateKey probe = new StateKey();
  private final StateWriter buffer = new StateWriter();
  private ProcessorContext<byte[], Sent> context;
  private LiveStore<CaseState> store;

  /**
   * Of two types.
   *
   * @param reader reads both
   */
  public CaseProcessor(
      RecordType incidents, RecordType feedback, CaseReader reader, SchemaRegistry registry) {
    this(incidents, feedback, reader, registry, MAX_CASES);
  }

  CaseProcessor(
      RecordType incidents,
      RecordType feedback,
      CaseReader reader,
      SchemaRegistry registry,
      int maxCases) {
    this.feedback = feedback;
    this.steps = new LenientDecoder(incidents, registry);
    this.judgements = new LenientDecoder(feedback, registry);
    this.reader = reader;
    this.maxCases = maxCases;
  }

  /** A step of an incident, as it is to be handed in. */
  public static byte[] step(byte[] value) {
    return Marked.of(STEP, value);
  }

  /** Feedback, as it is to be handed in; null takes it back. */
  public static byte[] feedback(byte[] value) {
    return Marked.of(FEEDBACK, value);
  }

  /** Its store. */
  public static StoreBuilder<?> store(RecordType feedback, AggregatorMetrics.Fold metrics) {
    return new LiveStoreBuilder<>(storeName(feedback), CaseState.Codec::new, metrics::changelog);
  }

  /** The name of its store. */
  public static String storeName(RecordType feedback) {
    return feedback.topic() + "-cases";
  }

  @Override
  public void init(ProcessorContext<byte[], Sent> processorContext) {
    context = processorContext;
    store = context.getStateStore(storeName(feedback));
    var sweep =
        new Sweep<>(store, KEEP.toMillis(), CaseState::arrivalMs, context.currentSystemTimeMs());
    context.schedule(LOOK_AROUND, PunctuationType.WALL_CLOCK_TIME, sweep::lookAround);
  }

  @Override
  public void process(Record<byte[], byte[]> message) {
    var value = Marked.value(message.value());
    if (Marked.mark(message.value()) == STEP) {
      steps.decode(value).ifPresent(step -> step(message.key(), step));
    } else if (value.length == 0) {
      takeBack(message.key());
    } else {
      judgements.decode(value).ifPresent(judgement -> judge(message.key(), judgement));
    }
  }

  private void step(byte[] key, GenericRecord step) {
    var entry = find(key);
    if (entry == null) {
      var first = reader.told(Case.of(""), step);
      if ((Integer) step.get("revision") == 0) {
        count(first.incident().orElseThrow().from(), first.tally());
      }
      return;
    }
    become(entry, reader.told(entry.value().known(), step), false);
  }

  private void judge(byte[] key, GenericRecord judgement) {
    var entry = find(key);
    if (entry != null) {
      become(entry, reader.judged(entry.value().known(), judgement), true);
    }
  }

  private void takeBack(byte[] key) {
    probe.set(key, key.length);
    var entry = store.find(probe);
    if (entry != null && entry.value().known().judgement().isPresent()) {
      become(entry, entry.value().known().unjudged(), true);
    }
  }

  /** The case of an id; null if it is new, and there are too many. */
  private Entry<CaseState> find(byte[] key) {
    probe.set(key, key.length);
    var entry = store.find(probe);
    if (entry == null && store.size() < maxCases) {
      var id = new String(key, StandardCharsets.UTF_8);
      entry = store.create(probe, new CaseState(Case.of(id)));
    }
    return entry;
  }

  private void become(Entry<CaseState> entry, Case latest, boolean judged) {
    var before = entry.value().known();
    entry.value().become(latest, context.currentSystemTimeMs());
    store.change(entry);
    countChange(before, latest);
    latest.incident().ifPresent(known -> send(known.entity(), latest, judged));
    if (latest.equals(Case.of(latest.id()))) {
      store.remove(entry);
    }
  }

  private void countChange(Case before, Case latest) {
    if (!before.tally().equals(latest.tally()) || begin(before) != begin(latest)) {
      count(begin(before), before.tally().negated());
      count(begin(latest), latest.tally());
    }
  }

  /** When its incident began; before all times while that is not known. */
  private static long begin(Case known) {
    return known.incident().map(Incident::from).orElse(Long.MIN_VALUE);
  }

  private void count(long micros, Tally tally) {
    if (tally.equals(Tally.NONE)) {
      return;
    }
    buffer.reset();
    buffer.writeFixedLong(micros);
    tally.encode(buffer);
    forward(new byte[0], COUNTS);
  }

  private void send(String entity, Case latest, boolean judged) {
    if (!entity.isEmpty()) {
      buffer.reset();
      buffer.writeBoolean(judged);
      latest.encode(buffer);
      forward(entity.getBytes(StandardCharsets.UTF_8), CASES);
    }
  }

  private void forward(byte[] key, String to) {
    var sent = new Sent(to, buffer.toByteArray());
    context.forward(new Record<>(key, sent, context.currentSystemTimeMs()));
  }
}
