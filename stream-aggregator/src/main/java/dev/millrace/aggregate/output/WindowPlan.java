package dev.millrace.aggregate.output;

import dev.millrace.aggregate.AggregatorFailure;
import dev.millrace.aggregate.codec.FieldPlaces;
import dev.millrace.aggregate.codec.StateWriter;
import dev.millrace.aggregate.window.Window;
import dev.millrace.failure.MillraceException;
import dev.millrace.schema.Fields;
import dev.millrace.schema.Statistic;
import dev.millrace.schema.Tier;
import dev.millrace.schema.WindowOutput;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.Schema;

/**
 * How the windows of one tier become encoded records: what goes to which field, compiled once. No
 * object is made for a record or a figure; what is known of a series is copied as it is encoded.
 * One instance a thread.
 */
public final class WindowPlan {
  private static final double[] PERCENTILES = {0.5, 0.95, 0.99};
  private static final Set<Statistic> WHOLE =
      EnumSet.of(Statistic.COUNT, Statistic.DOWNTIME_SECONDS, Statistic.ANOMALIES);
  private static final Set<Statistic> MAY_BE_NULL =
      EnumSet.of(Statistic.STDDEV, Statistic.UPTIME_PCT, Statistic.DOWNTIME_SECONDS);

  /** Writes one field of the record of the present window. */
  @FunctionalInterface
  private interface Part {
    void write(StateWriter out);
  }

  private final Part[] parts;
  private final FieldPlaces identity;
  private final KeyPlan key;
  private final boolean percentiles;
  private byte[] metric;
  private boolean isState;
  private Window window;
  private double[] quantiles = PERCENTILES;

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
    identity = new FieldPlaces(identitySchema);
    var pairs = IdentityPair.strict(identitySchema, schema, layout.renamed());
    key = KeyPlan.of(output, pairs);
    percentiles = output.hasPercentiles();
    var filled = new HashMap<String, Part>();
    pairs.forEach(pair -> filled.put(pair.to().name(), copied(pair)));
    var length = whole(schema, layout.length());
    var unit = layout.lengthMicros();
    var revision = whole(schema, layout.revision());
    var begin = new Slot(schema.getField(layout.begin()));
    filled.put(layout.begin(), out -> begin.write(window.begin(), out));
    filled.put(layout.length(), out -> length.write((window.end() - window.begin()) / unit, out));
    filled.put(layout.revision(), out -> revision.write(window.revision(), out));
    filled.put(layout.metric(), named(schema, layout.metric()));
    layout.date().ifPresent(field -> filled.put(field, date(schema, field)));
    layout
        .statistics()
        .forEach((statistic, field) -> filled.put(field, figure(schema, statistic, field)));
    parts =
        schema.getFields().stream()
            .map(field -> filled.containsKey(field.name()) ? filled.get(field.name()) : none(field))
            .toArray(Part[]::new);
  }

  private Part copied(IdentityPair pair) {
    var source = pair.from().schema();
    var target = new Slot(pair.to());
    var position = pair.from().pos();
    if (!source.isUnion()) {
      return out -> {
        target.begin(out);
        identity.write(position, out);
      };
    }
    var branches = source.getTypes();
    return out -> {
      var branch = identity.at(position).readIndex(branches.size());
      if (branches.get(branch).getType() == Schema.Type.NULL) {
        target.none(out);
      } else {
        target.begin(out);
        identity.writeRest(position, out);
      }
    };
  }

  private Part named(Schema schema, String name) {
    var slot = new Slot(schema.getField(name));
    if (slot.type() != Schema.Type.STRING) {
      throw unfit(schema, name, "the name of a metric is to go there");
    }
    return out -> {
      slot.begin(out);
      out.writeLong(metric.length);
      out.write(metric, 0, metric.length);
    };
  }

  private Part date(Schema schema, String name) {
    var field = schema.getField(name);
    if (!Fields.logicalType(field.schema()).equals(Optional.of("date"))) {
      throw unfit(schema, name, "a date is to go there");
    }
    var slot = new Slot(field);
    return out -> slot.write(Math.floorDiv(window.begin(), Tier.ONE_DAY.micros()), out);
  }

  private Part figure(Schema schema, Statistic statistic, String name) {
    var slot = WHOLE.contains(statistic) ? whole(schema, name) : new Slot(schema.getField(name));
    if (!WHOLE.contains(statistic) && slot.type() != Schema.Type.DOUBLE) {
      throw unfit(schema, name, statistic + " needs a double");
    }
    if (MAY_BE_NULL.contains(statistic) && !slot.isOptional()) {
      throw unfit(schema, name, statistic + " may be null");
    }
    return switch (statistic) {
      case COUNT -> out -> slot.write(window.state().count(), out);
      case ANOMALIES -> out -> slot.write(window.anomalies(), out);
      case MIN -> out -> slot.write(window.state().min(), out);
      case MAX -> out -> slot.write(window.state().max(), out);
      case SUM -> out -> slot.write(window.state().sum(), out);
      case AVG -> out -> slot.write(window.state().mean(), out);
      case LAST -> out -> slot.write(window.state().last(), out);
      case P50 -> out -> slot.write(quantiles[0], out);
      case P95 -> out -> slot.write(quantiles[1], out);
      case P99 -> out -> slot.write(quantiles[2], out);
      case STDDEV -> out -> slot.writeIf(window.state().count() > 1, window.state().stddev(), out);
      case UPTIME_PCT -> out -> slot.writeIf(isState, window.state().mean(), out);
      case DOWNTIME_SECONDS -> out -> slot.writeIf(isState, downtime(window), out);
    };
  }

  private static Part none(Schema.Field field) {
    var slot = new Slot(field);
    if (!slot.isOptional()) {
      throw new MillraceException(
          AggregatorFailure.LAYOUT_UNFIT,
          "nothing goes to field '%s' (%s) of a window; make it optional, or name what goes there"
              .formatted(field.name(), field.schema()));
    }
    return slot::none;
  }

  private static Slot whole(Schema schema, String name) {
    var slot = new Slot(schema.getField(name));
    return switch (slot.type()) {
      case INT, LONG, DOUBLE -> slot;
      default -> throw unfit(schema, name, "a whole number is to go there");
    };
  }

  static MillraceException unfit(Schema schema, String field, String why) {
    return new MillraceException(
        AggregatorFailure.LAYOUT_UNFIT,
        "field '%s' of %s is %s, but %s"
            .formatted(field, schema.getFullName(), schema.getField(field).schema(), why));
  }

  /**
   * Takes a window, which {@link #writeKey} and {@link #writeRecord} are about until the next.
   *
   * @param series the identity of its series, encoded
   * @param metricName in UTF-8
   * @param stateMetric whether the series is a state that is up or not, in percent
   */
  public void take(byte[] series, byte[] metricName, boolean stateMetric, Window closed) {
    identity.locate(series);
    metric = metricName;
    isState = stateMetric;
    window = closed;
    if (percentiles) {
      quantiles = closed.state().quantiles(PERCENTILES);
    }
  }

  /** Writes the record, in Avro. */
  public void writeRecord(StateWriter out) {
    for (var part : parts) {
      part.write(out);
    }
  }

  /** Writes the message key, as {@link dev.millrace.schema.wire.MessageKey} has it. */
  public void writeKey(StateWriter out) {
    key.write(identity, metric, out);
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
}
