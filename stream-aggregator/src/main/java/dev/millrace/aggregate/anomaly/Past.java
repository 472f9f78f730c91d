package dev.millrace.aggregate.anomaly;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;
import dev.millrace.schema.insight.AnomalyType;

/**
 * An incident that was, as far as it tells what is like it.
 *
 * @param detectedMicros with the series, its identity
 * @param sigma the most extreme, with its sign
 * @param excused whether people have said that it was expected, or no anomaly
 */
record Past(long detectedMicros, AnomalyType type, double sigma, boolean excused) {
  /** What is so much larger is not like it. */
  private static final double LARGER = 1.25;

  static Past of(Incident incident) {
    return new Past(incident.beginMicros(), incident.type(), incident.peak().sigma(), false);
  }

  Past excuse() {
    return new Past(detectedMicros, type, sigma, true);
  }

  /** Whether an incident is of this kind, to the same side, and not much larger. */
  boolean isLike(Incident incident) {
    if (!Types.hasSide(type)) {
      return type == incident.type();
    }
    var other = incident.peak().sigma();
    return Types.hasSide(incident.type())
        && other > 0 == sigma > 0
        && Math.abs(other) <= LARGER * Math.abs(sigma);
  }

  void encode(StateWriter out) {
    out.writeFixedLong(detectedMicros);
    Types.write(type, out);
    out.writeDouble(sigma);
    out.writeBoolean(excused);
  }

  static Past decode(StateReader in) {
    return new Past(in.readFixedLong(), Types.read(in), in.readDouble(), in.readBoolean());
  }
}
