package dev.millrace.aggregate.series;

import dev.millrace.aggregate.correlate.SeriesName;
import dev.millrace.aggregate.learn.FeatureSum;
import org.apache.avro.generic.GenericRecord;

/** What is read of the records of {@link dev.millrace.schema.insight.Residual}. */
final class Residuals {

  private Residuals() {}

  static SeriesName name(GenericRecord residual, String member) {
    return new SeriesName(
        residual.get("metric_name").toString(),
        residual.get("scope_type").toString(),
        member,
        residual.get("part") == null ? "" : residual.get("part").toString());
  }

  /** Begin of the five minutes, microseconds since the epoch. */
  static long begin(GenericRecord residual) {
    return (Long) residual.get("window_begin");
  }

  /** The deviation, in standard deviations. */
  static double sigma(GenericRecord residual) {
    return (Double) residual.get("residual_sigma");
  }

  static int samples(GenericRecord residual) {
    return (Integer) residual.get("samples");
  }

  static void addTo(FeatureSum sum, GenericRecord residual) {
    sum.add(
        samples(residual),
        (Double) residual.get("value"),
        (Double) residual.get("expected"),
        sigma(residual),
        (Double) residual.get("value_min"),
        (Double) residual.get("value_max"));
  }
}
