package dev.millrace.aggregate.output;

import dev.millrace.aggregate.AggregatorFailure;
import dev.millrace.aggregate.window.Window;
import dev.millrace.failure.MillraceException;
import dev.millrace.schema.Fields;
import dev.millrace.schema.Statistic;
import dev.millrace.schema.Tier;
import dev.millrace.schema.WindowOutput;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/**
 * How the windows of one tier become records: which field receives what, compiled once. Answers the
 * same record every time, filled anew; one instance a thread.
 */
public final class WindowPlan {
  private static final double[] PERCENTILES = {0.5, 0.95, 0.99};
  private static final Set<Statistic> WHOLE =
      EnumSet.of(Statistic.COUNT, Statistic.DOWNTIME_SECONDS, Statistic.ANOMALIES);
  private static final Set<Statistic> MAY_BE_NULL =
      EnumSet.of(Statistic.STDDEV, Statistic.UPTIME_PCT, Statistic.DOWNTIME_SECONDS);

  private static final int NO_FIELD = -1;

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

  /** A field, and what goes there: rounded, if it wants a whole number. */
  private record Figure(int position, Schema.Type type, Statistic statistic) {
    Object fitted(Double value) {
      if (value == null) {
        return null;
      }
      return switch (type) {
        case INT -> (Object) Math.toIntExact(Math.round(value));
        case LONG -> (Object) Math.round(value);
        default -> value;
      };
    }
  }

  private final GenericRecord record;
  private final IdentityCopy identity;
  private final int begin;
  private final Whole length;
  private final long lengthMicros;
  private final int metric;
  private final Whole revision;
  private final int date;
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
    date = layout.date().map(field -> date(schema, field)).orElse(NO_FIELD);
    layout.statistics().forEach((statistic, field) -> compile(schema, statistic, field));
    percentiles = figures.stream().anyMatch(n -> percentile(n.statistic()) >= 0);
  }

  private void compile(Schema schema, Statistic statistic, String name) {
    var field = schema.getField(name);
    var type = Fields.valueSchema(field.schema()).getType();
    if (WHOLE.contains(statistic)) {
      var unused = whole(schema, name);
    } else if (type != Schema.Type.DOUBLE) {
      throw unfit(schema, name, statistic + " needs a double");
    }
    if (MAY_BE_NULL.contains(statistic) && !field.schema().isNullable()) {
      throw unfit(schema, name, statistic + " may be null");
    }
    figures.add(new Figure(field.pos(), type, statistic));
  }

  private static int date(Schema schema, String name) {
    var field = schema.getField(name);
    if (!Fields.logicalType(field.schema()).equals(Optional.of("date"))) {
      throw unfit(schema, name, "a date is to go there");
    }
    return field.pos();
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

  /**
   * The record of a window, good until the next call.
   *
   * @param isState whether the series is a state that is up or not, in percent
   */
  public GenericRecord record(
      GenericRecord series, String metricName, boolean isState, Window window) {
    identity.copy(series, record);
    record.put(begin, window.begin());
    length.put(record, (window.end() - window.begin()) / lengthMicros);
    record.put(metric, metricName);
    revision.put(record, window.revision());
    if (date != NO_FIELD) {
      record.put(date, Math.toIntExact(Math.floorDiv(window.begin(), Tier.ONE_DAY.micros())));
    }
    fill(window, isState);
    return record;
  }

  private void fill(Window window, boolean isState) {
    var quantiles = percentiles ? window.state().quantiles(PERCENTILES) : PERCENTILES;
    for (var figure : figures) {
      var value = value(window, isState, figure.statistic(), quantiles);
      record.put(figure.position(), figure.fitted(value));
    }
  }

  private static Double value(
      Window window, boolean isState, Statistic statistic, double[] quantiles) {
    var state = window.state();
    return switch (statistic) {
      case COUNT -> (double) state.count();
      case MIN -> state.min();
      case MAX -> state.max();
      case SUM -> state.sum();
      case AVG -> state.mean();
      case LAST -> state.last();
      case STDDEV -> state.count() < 2 ? null : (Double) state.stddev();
      case P50, P95, P99 -> quantiles[percentile(statistic)];
      case UPTIME_PCT -> isState ? (Double) state.mean() : null;
      case DOWNTIME_SECONDS -> isState ? (Double) downtime(window) : null;
      case ANOMALIES -> (double) window.anomalies();
    };
  }

  /** The time the readings reach over, the last one as far as the others, by the share of down. */
  private static double downtime(Window window) {
    var state = window.state();
    if (state.count() < 2) {
      return 0;
    }
    var between = state.lastMicros() - state.firstMicros();
    var reach = between * ((double) state.count() / (state.count() - 1));
    var observed = Math.min(reach, (double) (window.end() - window.begin()));
    return observed * (100 - state.mean()) / 100 / 1e6;
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
