package dev.millrace.schema;

import java.util.Objects;
import java.util.Optional;

/**
 * One number of a record that is folded.
 *
 * @param field the field, numeric or a state; a null value is no sample
 * @param metric the name of the metric, or the field that holds it
 * @param unit the unit where all samples share one, e.g. {@code ms}
 * @param up of a state, the symbol that counts as 100 percent; every other one counts as 0
 */
public record Measure(String field, Metric metric, Optional<String> unit, Optional<String> up) {

  public Measure {
    Objects.requireNonNull(field);
    Objects.requireNonNull(metric);
    Objects.requireNonNull(unit);
    Objects.requireNonNull(up);
  }

  /** A field that is a metric of its own name, as in records with one column a metric. */
  public static Measure column(String field, String unit) {
    return new Measure(field, new Metric.Named(field), Optional.of(unit), Optional.empty());
  }

  /** A field whose metric another field names, as in records with one metric a row. */
  public static Measure row(String field, String metricField) {
    return new Measure(field, new Metric.InField(metricField), Optional.empty(), Optional.empty());
  }

  /** A state that is up or not, as a metric in percent: its mean is the share of up readings. */
  public static Measure state(String field, String up, String metric) {
    return new Measure(field, new Metric.Named(metric), Optional.of("percent"), Optional.of(up));
  }

  /** Where the name of the metric comes from. */
  public sealed interface Metric {
    /** All records measure the same metric. */
    record Named(String name) implements Metric {}

    /** Every record says which metric it measures. */
    record InField(String field) implements Metric {}
  }
}
