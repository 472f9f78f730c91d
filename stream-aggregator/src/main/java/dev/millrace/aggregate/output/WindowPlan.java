package dev.millrace.aggregate.output;

import dev.millrace.aggregate.AggregatorFailure;
import dev.millrace.aggregate.window.Window;
import dev.millrace.aggregate.window.WindowState;
import dev.millrace.failure.MillraceException;
import dev.millrace.schema.Fields;
import dev.millrace.schema.Statistic;
import dev.millrace.schema.WindowOutput;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/**
 * How the windows of one tier become records: which field receives what, compiled once. Answers the
 * same record every time, filled anew; one instance a thread.
 */
public final class WindowPlan {
  private static final double[] PERCENTILES = {0.5, 0.95, 0.99};

  /** Puts a whole number where a field wants an int, a long or a double. */
  private record Whole(int position, Schema.Type type) {
    void put(GenericRecord record, long value) {
      record.put(
          position,
          switch (type) {
            case INT -> (Object) Math.toIntExact(value);
            case LONG -> (Object) value;
            default -> (Object) (double) value;
          });
    }
  }

  private record Figure(int position, Statistic statistic) {}

  private final GenericRecord record;
  private final IdentityCopy identity;
  private final int begin;
  private final Whole length;
  private final long lengthMicros;
  private final int metric;
  private final Whole revision;
  private final Whole count;
  private final List<Figure> figures = new ArrayList<>();
  private final boolean percentiles;

  /**
   * Compiles the plan.
   *
   * @param identitySchema dimensions and labels of the series
   * @throws MillraceException {@link AggregatorFailure#LAYOUT_UNFIT} naming the fields that do not
   *     fit together
   */
  public WindowPlan(WindowOutput output, Schema identitySchema) {
    var schema = output.type().schema();
    var layout = output.layout();
    record = new GenericData.Record(schema);
    identity = IdentityCopy.strict(identitySchema, schema, layout.renamed());
    begin = schema.getField(layout.begin()).pos();
    length = whole(schema, layout.length());
    lengthMicros = layout.lengthMicros();
    metric = schema.getField(layout.metric()).pos();
    revision = whole(schema, layout.revision());
    var counted = layout.statistics().get(Statistic.COUNT);
    count = counted == null ? null : whole(schema, counted);
    layout.statistics().forEach((statistic, field) -> compile(schema, statistic, field));
    percentiles = figures.stream().anyMatch(n -> percentile(n.statistic()) >= 0);
  }

  private void compile(Schema schema, Statistic statistic, String name) {
    if (statistic == Statistic.COUNT) {
      return;
    }
    var field = schema.getField(name);
    if (Fields.valueSchema(field.schema()).getType() != Schema.Type.DOUBLE) {
      throw unfit(schema, name, statistic + " needs a double");
    }
    if (statistic == Statistic.STDDEV && !field.schema().isNullable()) {
      throw unfit(schema, name, "STDDEV of one value is null");
    }
    figures.add(new Figure(field.pos(), statistic));
  }

  private static Whole whole(Schema schema, String name) {
    var field = schema.getField(name);
    var type = Fields.valueSchema(field.schema()).getType();
    return switch (type) {
      case INT, LONG, DOUBLE -> new Whole(field.pos(), type);
      default -> throw unfit(schema, name, "a whole number is to go there");
    };
  }

  private static MillraceException unfit(Schema schema, String field, String why) {
    return new MillraceException(
        AggregatorFailure.LAYOUT_UNFIT,
        "field '%s' of %s is %s, but %s"
            .formatted(field, schema.getFullName(), schema.getField(field).schema(), why));
  }

  /** The record of a window, good until the next call. */
  public GenericRecord record(GenericRecord series, String metricName, Window window) {
    identity.copy(series, record);
    record.put(begin, window.begin());
    length.put(record, (window.end() - window.begin()) / lengthMicros);
    record.put(metric, metricName);
    revision.put(record, window.revision());
    fill(window.state());
    return record;
  }

  private void fill(WindowState state) {
    if (count != null) {
      count.put(record, state.count());
    }
    var quantiles = percentiles ? state.quantiles(PERCENTILES) : PERCENTILES;
    for (var figure : figures) {
      record.put(figure.position(), value(state, figure.statistic(), quantiles));
    }
  }

  private static Double value(WindowState state, Statistic statistic, double[] quantiles) {
    return switch (statistic) {
      case COUNT -> (double) state.count();
      case MIN -> state.min();
      case MAX -> state.max();
      case SUM -> state.sum();
      case AVG -> state.mean();
      case LAST -> state.last();
      case STDDEV -> state.count() < 2 ? null : (Double) state.stddev();
      case P50, P95, P99 -> quantiles[percentile(statistic)];
    };
  }

  private static int percentile(Statistic statistic) {
    return switch (statistic) {
      case P50 -> 0;
      case P95 -> 1;
      case P99 -> 2;
      default -> -1;
    };
  }
}
