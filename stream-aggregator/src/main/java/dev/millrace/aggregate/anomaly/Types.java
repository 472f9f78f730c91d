package dev.millrace.aggregate.anomaly;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;
import dev.millrace.schema.insight.AnomalyType;
import java.util.List;

/** Types of anomalies as bytes: their place in the schema, where new ones are added at the end. */
final class Types {
  private static final List<AnomalyType> ALL = List.of(AnomalyType.values());

  private Types() {}

  static void write(AnomalyType type, StateWriter out) {
    out.writeByte(ALL.indexOf(type));
  }

  static AnomalyType read(StateReader in) {
    return ALL.get(in.readByte());
  }

  /** Whether a type says to which side a value lies. */
  static boolean hasSide(AnomalyType type) {
    return switch (type) {
      case spike, drop, trend, level_change -> true;
      case flatline, oscillation, missing -> false;
    };
  }
}
