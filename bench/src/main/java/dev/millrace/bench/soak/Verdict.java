package dev.millrace.bench.soak;

import dev.millrace.bench.report.Comparison;
import dev.millrace.bench.report.Samples;
import dev.millrace.bench.report.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Judges samples: what the last third of the time shows, beside the third in the middle. The first
 * third is for warming up. Pure.
 */
final class Verdict<S extends Sample> {
  /** Most seconds that a component may be behind. */
  private static final double LAG_SECONDS = 5;

  private static final double FLAT = 1.2;
  private static final double FILES_FLAT = 1.1;
  private static final double KEPT_RATE = 0.98;
  private static final int THIRDS = 3;

  private final List<S> middle;
  private final List<S> last;
  private final int rate;
  private final String records;

  private Verdict(List<S> samples, int rate, String records) {
    if (samples.size() < THIRDS) {
      throw new IllegalArgumentException(samples.size() + " samples are too few to judge");
    }
    var third = samples.size() / THIRDS;
    this.middle = samples.subList(third, samples.size() - third);
    this.last = samples.subList(samples.size() - third, samples.size());
    this.rate = rate;
    this.records = records;
  }

  /**
   * Of a sink.
   *
   * @param samples at least three, in their order
   * @param rate records published a second
   * @param connections most sessions that the pool allows
   */
  static List<Comparison> ofSink(List<Sample.OfSink> samples, int rate, int connections) {
    var verdict = new Verdict<>(samples, rate, "rows");
    var results = verdict.ofAny();
    results.add(verdict.sessions(Sample.OfSink::sessions, connections));
    return results;
  }

  /**
   * Of an aggregator.
   *
   * @param samples at least three, in their order
   * @param rate records published a second
   */
  static List<Comparison> ofAggregator(List<Sample.OfAggregator> samples, int rate) {
    var verdict = new Verdict<>(samples, rate, "samples");
    var results = verdict.ofAny();
    results.add(verdict.flat("off_heap", "MB", FLAT, Footprint::offHeapMegabytes));
    return results;
  }

  private List<Comparison> ofAny() {
    return new ArrayList<>(
        List.of(
            rate(),
            lag(),
            flat("heap", "MB", FLAT, Footprint::heapMegabytes),
            flat("resident", "MB", FLAT, Footprint::residentMegabytes),
            flat("files", "open", FILES_FLAT, Footprint::openFiles)));
  }

  /** From the beginning of the middle to the end. */
  private Comparison rate() {
    var from = middle.get(0).moment();
    var to = last.get(last.size() - 1).moment();
    var done = (to.done() - from.done()) / (to.seconds() - from.seconds());
    return new Comparison(
        "rate",
        records + "/s",
        Samples.of(done),
        Samples.of(rate),
        "published",
        Target.atLeast(KEPT_RATE),
        Map.of(records, to.done()));
  }

  private Comparison lag() {
    var most = most(sample -> sample.moment().behind());
    return Comparison.withLimit(
        "lag", "s", Samples.of(most / rate), LAG_SECONDS, Map.of("records", (long) most));
  }

  private Comparison sessions(ToDoubleFunction<S> of, int connections) {
    return Comparison.withLimit(
        "sessions", "sessions", Samples.of(most(of)), connections, Map.of());
  }

  private Comparison flat(String name, String unit, double growth, ToDoubleFunction<Footprint> of) {
    return new Comparison(
        name,
        unit,
        samples(last, sample -> of.applyAsDouble(sample.footprint())),
        Samples.of(samples(middle, sample -> of.applyAsDouble(sample.footprint())).median()),
        "before",
        Target.atMost(growth),
        Map.of());
  }

  private double most(ToDoubleFunction<S> value) {
    return Math.max(samples(middle, value).max(), samples(last, value).max());
  }

  private Samples samples(List<S> of, ToDoubleFunction<S> value) {
    return new Samples(of.stream().mapToDouble(value).boxed().toList());
  }
}
