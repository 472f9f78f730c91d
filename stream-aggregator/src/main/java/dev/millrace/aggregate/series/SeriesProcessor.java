package dev.millrace.aggregate.series;

import dev.millrace.aggregate.AggregatorMetrics;
import dev.millrace.aggregate.anomaly.Watch;
import dev.millrace.aggregate.codec.StateWriter;
import dev.millrace.aggregate.window.Admission;
import dev.millrace.aggregate.window.SeriesWindows;
import dev.millrace.aggregate.window.Window;
import dev.millrace.failure.MillraceException;
import dev.millrace.failure.Owner;
import dev.millrace.schema.wire.SchemaRegistry;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Folds the records of one partition of a raw topic: decodes, refuses what is too far ahead, adds
 * every number to the windows of its series, and publishes what that closes.
 *
 * <p>Called by the stream thread of its task alone. A record that cannot be decoded, is late or is
 * refused is put aside and counted. A registry that is away throws: the task is taken up again from
 * the last commit. Time is the wall clock of Kafka Streams; it says when a series is silent and
 * what is ahead, and closes no window of a series that is not silent.
 */
public final class SeriesProcessor implements Processor<byte[], byte[], byte[], byte[]> {
  private static final Duration LOOK_AROUND = Duration.ofSeconds(1);
  private static final long COUNT_OPEN_MS = 10_000;

  private final FoldSpec spec;
  private final SchemaRegistry registry;
  private final AggregatorMetrics.Fold metrics;
  private final StateWriter key = new StateWriter();
  private final StateKey probe = new StateKey();

  /** Numbers of the present record that each tier has not counted. */
  private final int[] uncounted;

  private ProcessorContext<byte[], byte[]> context;
  private LiveStore<SeriesState> store;
  private SampleReader reader;
  private Publisher publisher;
  private Judge judge;
  private Silence silence;
  private long latestMs;
  private long countedMs;
  private Optional<Enricher> enricher = Optional.empty();

  public SeriesProcessor(FoldSpec spec, SchemaRegistry registry, AggregatorMetrics metrics) {
    this.spec = spec;
    this.registry = registry;
    this.metrics = metrics.fold(spec.type().topic());
    this.uncounted = new int[spec.cascade().tiers().size()];
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> processorContext) {
    context = processorContext;
    Arrays.fill(uncounted, 0); // a record that failed half-way may have left something
    store = context.getStateStore(spec.seriesStore());
    LiveStore<ScopeGroup> baselines = context.getStateStore(spec.baselineStore());
    reader = new SampleReader(spec.plan(), registry);
    publisher = new Publisher(context, spec, registry, metrics);
    judge = new Judge(spec, baselines, publisher, KnownFeedback.of(spec.feedback(), context));
    enricher =
        spec.type()
            .enrichment()
            .map(added -> new Enricher(context, spec, added, registry, publisher));
    silence = new Silence(spec, store, baselines, context.currentSystemTimeMs(), new Silent());
    context.schedule(LOOK_AROUND, PunctuationType.WALL_CLOCK_TIME, this::lookAround);
  }

  @Override
  public void process(Record<byte[], byte[]> message) {
    var record = read(message);
    if (record == null) {
      return;
    }
    metrics.decoded();
    var worst = Admission.FOLDED;
    for (var measure = 0; measure < spec.plan().measures(); measure++) {
      if (record.has(measure)) {
        var admission = fold(record, measure);
        metrics.sample(admission);
        worst = admission == Admission.FOLDED ? worst : admission;
      }
    }
    if (worst != Admission.FOLDED) {
      publisher.aside(message, worst, uncounted);
      Arrays.fill(uncounted, 0);
    }
  }

  /** What is to be folded; or null, if it cannot be decoded and is put aside. */
  private RawRecord read(Record<byte[], byte[]> message) {
    try {
      var bytes = message.value();
      return reader.read(
          enricher.isPresent()
              ? enricher.get().enrich(bytes, context.currentSystemTimeMs())
              : bytes);
    } catch (MillraceException failure) {
      if (failure.code().owner() != Owner.DATA) {
        throw failure;
      }
      undecodable(message, failure);
      return null;
    }
  }

  /** Whoever stores the raw topic puts its undecodable records aside; else it is done here. */
  private void undecodable(Record<byte[], byte[]> message, MillraceException why) {
    if (spec.type().table().isPresent()) {
      metrics.skipped();
    } else {
      publisher.deadLetter(message, context.recordMetadata().orElseThrow(), why);
      metrics.deadLettered();
    }
  }

  private Admission fold(RawRecord record, int measure) {
    var micros = record.micros();
    var value = record.number(measure);
    var nowMs = context.currentSystemTimeMs();
    var admission = spec.cascade().admit(micros, value, nowMs * 1_000);
    if (admission != Admission.FOLDED) {
      uncount(uncounted.length);
      return admission;
    }
    latestMs = Math.max(latestMs, micros / 1_000);
    var entry = series(record, measure);
    var state = entry.value();
    state.arrived(nowMs);
    store.change(entry);
    silence.heard(entry, nowMs);
    var offset = context.recordMetadata().orElseThrow().offset();
    var windows = state.windows();
    admission = windows.add(micros, offset, value, (tier, window) -> closed(entry, tier, window));
    if (admission == Admission.LATE) {
      uncount(windows.missedBy(micros));
    }
    return admission;
  }

  private void uncount(int tiers) {
    for (var tier = 0; tier < tiers; tier++) {
      uncounted[tier]++;
    }
  }

  private Entry<SeriesState> series(RawRecord record, int measure) {
    record.writeSeriesKey(measure, key);
    probe.set(key.buffer(), key.length());
    var entry = store.find(probe);
    if (entry == null) {
      return store.create(probe, begin(record, measure));
    }
    if (record.relabels(entry.value().identity())) {
      entry.value().identity(record.identity());
    }
    return entry;
  }

  private SeriesState begin(RawRecord record, int measure) {
    return new SeriesState(
        measure,
        record.metric(measure),
        record.identity(),
        new SeriesWindows(spec.cascade()),
        new Watch());
  }

  private void closed(Entry<SeriesState> entry, int tier, Window window) {
    if (window.begin() < spec.publishFromMicros()) {
      return;
    }
    publisher.window(tier, window, entry.value());
    if (tier == 0 && window.revision() == 0 && spec.plan().fold().judged()) {
      judge.judge(entry, window, context.currentSystemTimeMs());
    }
  }

  /** What is done with series that have fallen silent. */
  private final class Silent implements Silence.Listener {
    @Override
    public void close(Entry<SeriesState> entry) {
      entry.value().windows().closeAll((tier, window) -> closed(entry, tier, window));
      judge.silent(entry, context.currentSystemTimeMs());
    }

    @Override
    public long patienceMs(Entry<SeriesState> entry) {
      return judge.patienceMs(entry);
    }

    @Override
    public void missing(Entry<SeriesState> entry) {
      judge.missing(entry, context.currentSystemTimeMs());
    }

    @Override
    public void giveUp(Entry<SeriesState> entry) {
      judge.giveUp(entry, context.currentSystemTimeMs());
    }
  }

  /** The task goes elsewhere: its series are counted there. */
  @Override
  public void close() {
    metrics.series(context.taskId().partition(), 0);
    metrics.openWindows(context.taskId().partition(), 0);
    metrics.behind(context.taskId().partition(), 0);
  }

  private void lookAround(long nowMs) {
    spec.rules().look(nowMs);
    silence.lookAround(nowMs);
    enricher.ifPresent(each -> each.forget(nowMs));
    var partition = context.taskId().partition();
    metrics.series(partition, store.size());
    metrics.behind(partition, latestMs == 0 ? 0 : nowMs - latestMs);
    if (nowMs - countedMs >= COUNT_OPEN_MS) {
      countedMs = nowMs;
      metrics.openWindows(partition, openWindows());
    }
  }

  /** Of those that are live; a series that was restored and has had no sample since is not read. */
  private long openWindows() {
    var open = 0L;
    for (var entry : store.entries()) {
      open += entry.peek() == null ? entry.value().windows().open() : 0;
    }
    return open;
  }
}
