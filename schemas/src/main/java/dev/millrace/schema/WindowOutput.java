package dev.millrace.schema;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Where the windows of one tier go, and which field of the window record holds what.
 *
 * @param tier the window length
 * @param type the record type of the windows
 * @param layout how a window becomes a record of that type
 */
public record WindowOutput(Tier tier, RecordType type, Layout layout) {

  public WindowOutput {
    Objects.requireNonNull(tier);
    Objects.requireNonNull(type);
    layout.requireFieldsOf(type.schema());
  }

  /** Whether a percentile is among what is published. */
  public boolean hasPercentiles() {
    return layout.statistics().keySet().stream().anyMatch(Statistic::isPercentile);
  }

  /**
   * The fields of a window record. Dimensions and labels of the series are copied to fields of the
   * same name, or to the name given in {@code renamed}; one that the window record lacks is left
   * out.
   *
   * @param begin field for the begin of the window (timestamp-micros)
   * @param length field for its length
   * @param lengthMicros microseconds in one unit of {@code length}
   * @param metric field for the name of the metric
   * @param revision field for the revision
   * @param statistics field for each statistic the record carries
   * @param renamed raw field to window field, where the names differ
   * @param date field for the day (UTC) the window begins on, if the record has one
   */
  public record Layout(
      String begin,
      String length,
      long lengthMicros,
      String metric,
      String revision,
      Map<Statistic, String> statistics,
      Map<String, String> renamed,
      Optional<String> date) {

    /** A layout of a record without a day. */
    public Layout(
        String begin,
        String length,
        long lengthMicros,
        String metric,
        String revision,
        Map<Statistic, String> statistics,
        Map<String, String> renamed) {
      this(begin, length, lengthMicros, metric, revision, statistics, renamed, Optional.empty());
    }

    public Layout {
      statistics = Map.copyOf(statistics);
      renamed = Map.copyOf(renamed);
    }

    /** The same layout for a raw record that calls some dimensions otherwise. */
    public Layout renaming(Map<String, String> names) {
      return new Layout(begin, length, lengthMicros, metric, revision, statistics, names, date);
    }

    /** The same layout for a record that has a day as well. */
    public Layout dated(String field) {
      return new Layout(
          begin, length, lengthMicros, metric, revision, statistics, renamed, Optional.of(field));
    }

    /** Whether a field says nothing of the window itself. */
    public boolean isOfSeriesAlone(String field) {
      return !Set.of(begin, length, revision).contains(field)
          && !statistics.containsValue(field)
          && !date.equals(Optional.of(field));
    }

    void requireFieldsOf(org.apache.avro.Schema schema) {
      Fields.require(schema, begin, length, metric, revision);
      date.ifPresent(field -> Fields.require(schema, field));
      statistics.values().forEach(field -> Fields.require(schema, field));
      renamed.values().forEach(field -> Fields.require(schema, field));
    }
  }
}
