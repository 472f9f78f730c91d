package dev.millrace.schema;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How the records of a raw topic are folded into windows and judged.
 *
 * <p>A <em>series</em> is one metric for one combination of {@code series} fields. Its windows
 * belong to it alone. What is normal is learned for the coarser combination of {@code baseline}
 * fields, so that a short-lived series (a call) is judged by what its longer-lived scope (the
 * station) has shown before. All records of one baseline scope must have the same message key.
 *
 * @param scope what a baseline belongs to, as {@code scope_type} says: station, device, path
 * @param series fields that, with the metric, identify a series
 * @param baseline the subset of {@code series} that identifies a baseline
 * @param judged whether baselines are learned and anomalies looked for
 * @param labels fields carried along with the latest value, identifying nothing
 * @param grouping which of its incidents may have one cause
 * @param measures the numbers that are folded
 * @param windows the tiers that are published
 * @param timing when windows close
 */
public record Fold(
    String scope,
    List<String> series,
    List<String> baseline,
    boolean judged,
    List<String> labels,
    Grouping grouping,
    List<Measure> measures,
    List<WindowOutput> windows,
    Timing timing) {

  public Fold {
    Objects.requireNonNull(scope);
    series = List.copyOf(series);
    baseline = List.copyOf(baseline);
    labels = List.copyOf(labels);
    measures = List.copyOf(measures);
    windows = List.copyOf(windows);
    Objects.requireNonNull(timing);
    if (!series.containsAll(baseline)) {
      throw new IllegalArgumentException("baseline " + baseline + " is no subset of " + series);
    }
    for (var field : grouping.fields()) {
      if (!series.contains(field) && !labels.contains(field)) {
        throw new IllegalArgumentException(
            "incidents cannot be grouped by '%s', which is neither of the series %s nor a label %s"
                .formatted(field, series, labels));
      }
    }
    if (measures.isEmpty() || windows.isEmpty()) {
      throw new IllegalArgumentException("a fold needs a measure and a window");
    }
  }

  /** Begins a fold whose baselines belong to {@code scope}; the fields identify a series. */
  public static Builder of(String scope, String... series) {
    return new Builder(scope, List.of(series));
  }

  Fold prefixed(String prefix) {
    var outputs =
        windows.stream()
            .map(w -> new WindowOutput(w.tier(), w.type().prefixed(prefix), w.layout()))
            .toList();
    return new Fold(scope, series, baseline, judged, labels, grouping, measures, outputs, timing);
  }

  void requireFieldsOf(org.apache.avro.Schema schema) {
    series.forEach(field -> Fields.require(schema, field));
    labels.forEach(field -> Fields.require(schema, field));
    for (var measure : measures) {
      Fields.require(schema, measure.field());
      if (measure.metric() instanceof Measure.Metric.InField named) {
        Fields.require(schema, named.field());
      }
    }
  }

  /** Collects a fold; not for use by several threads. */
  public static final class Builder {
    private final String scope;
    private final List<String> series;
    private List<String> baseline;
    private boolean judged = true;
    private List<String> labels = List.of();
    private Optional<Grouping> grouping = Optional.empty();
    private List<Measure> measures = List.of();
    private Timing timing = Timing.DEFAULT;

    private Builder(String scope, List<String> series) {
      this.scope = scope;
      this.series = series;
      this.baseline = series;
    }

    /** Learns baselines by these fields only; by default, by every field of the series. */
    public Builder baselineBy(String... fields) {
      baseline = List.of(fields);
      return this;
    }

    /** Neither learns baselines nor looks for anomalies: for what has no normal. */
    public Builder unjudged() {
      judged = false;
      return this;
    }

    public Builder labels(String... fields) {
      labels = List.of(fields);
      return this;
    }

    /** Groups incidents like that; by default, those of one baseline, whatever the metric. */
    public Builder grouped(Grouping by) {
      grouping = Optional.of(by);
      return this;
    }

    public Builder measures(Measure... folded) {
      measures = List.of(folded);
      return this;
    }

    public Builder timing(Timing closing) {
      timing = closing;
      return this;
    }

    /** Ends the fold with the tiers that are published, finest first. */
    public Fold into(WindowOutput... windows) {
      var grouped = grouping.orElseGet(() -> Grouping.by(scope, baseline.toArray(String[]::new)));
      return new Fold(
          scope, series, baseline, judged, labels, grouped, measures, List.of(windows), timing);
    }
  }
}
