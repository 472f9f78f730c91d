package dev.millrace.bench.soak;

import dev.millrace.bench.report.Comparison;
import dev.millrace.bench.report.Samples;
import dev.millrace.bench.report.Target;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Judges samples: what the last third of the time shows, beside the third in the middle. The first
 * third is for warming up. Pure.
 */
final class Verdict {
  /** Most seconds that the sink may be behind. */
  private static final double LAG_SECONDS = 5;

  private static final double FLAT = 1.2;
  private static final double FILES_FLAT = 1.1;
  private static final double KEPT_RATE = 0.98;
  private static final int THIRDS = 3;

  private final List<Sample> middle;
  private final List<Sample> last;
  private final int rate;
  private final int connections;

  /**
   * Takes the samples apart.
   *
   * @param samples at least three, in their order
   * @param rate records published a second
   * @param connections most sessions that the pool allows
   */
  Verdict(List<Sample> samples, int rate, int connections) {
    if (samples.size() < THIRDS) {
      throw new IllegalArgumentException(samples.size() + " samples are too few to judge");
    }
    var third = samples.size() / THIRDS;
    this.middle = samples.subList(third, samples.size() - third);
    this.last = samples.subList(samples.size() - third, samples.size());
    this.rate = rate;
    this.connections = connections;
  }

  List<Comparison> results() {
    return List.of(
        rate(),
        lag(),
        flat("heap", "MB", FLAT, Sample::heapMegabytes),
        flat("resident", "MB", FLAT, Sample::residentMegabytes),
        flat("files", "open", FILES_FLAT, Sample::openFiles),
        Comparison.withLimit(
            "sessions",
            "sessions",
            Samples.of(Math.max(most(middle, Sample::sessions), most(last, Sample::sessions))),
            connections,
            Map.of()));
  }

  /** From the beginning of the middle to the end. */
  private Comparison rate() {
    var from = middle.get(0);
    var to = last.get(last.size() - 1);
    var rows = (to.stored() - from.stored()) / (to.seconds() - from.seconds());
    return new Comparison(
        "rate",
        "rows/s",
        Samples.of(rows),
        Samples.of(rate),
        "published",
        Target.atLeast(KEPT_RATE),
        Map.of("rows", to.stored()));
  }

  private Comparison lag() {
    var most = Math.max(most(middle, Sample::behind), most(last, Sample::behind));
    return Comparison.withLimit(
        "lag", "s", Samples.of(most / rate), LAG_SECONDS, Map.of("records", (long) most));
  }

  private Comparison flat(String name, String unit, double growth, ToDoubleFunction<Sample> of) {
    return new Comparison(
        name,
        unit,
        samples(last, of),
        Samples.of(samples(middle, of).median()),
        "before",
        Target.atMost(growth),
        Map.of());
  }

  private static Samples samples(List<Sample> of, ToDoubleFunction<Sample> value) {
    return new Samples(of.stream().mapToDouble(value).boxed().toList());
  }

  private static double most(List<Sample> of, ToDoubleFunction<Sample> value) {
    return samples(of, value).max();
  }
}
