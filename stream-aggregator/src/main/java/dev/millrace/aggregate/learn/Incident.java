package dev.millrace.aggregate.learn;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;

/**
 * What is told of an incident.
 *
 * @param entity whose it is; empty if that is not known
 * @param series dimensions of its series, as JSON; empty if they are not known
 * @param metric its metric; empty if it is not known
 * @param type the kind of deviation; empty of one that was missed
 * @param severity how bad it was; empty of one that was missed
 * @param from when it began, microseconds since the epoch
 * @param to when it ended; {@link #OPEN} while it goes on
 * @param updated when it was last told of
 */
public record Incident(
    String entity,
    String series,
    String metric,
    String type,
    String severity,
    long from,
    long to,
    long updated) {
  /** After all times. */
  public static final long OPEN = Long.MAX_VALUE;

  void encode(StateWriter out) {
    out.writeText(entity);
    out.writeText(series);
    out.writeText(metric);
    out.writeText(type);
    out.writeText(severity);
    out.writeFixedLong(from);
    out.writeFixedLong(to);
    out.writeFixedLong(updated);
  }

  static Incident decode(StateReader in) {
    return new Incident(
        in.readText(),
        in.readText(),
        in.readText(),
        in.readText(),
        in.readText(),
        in.readFixedLong(),
        in.readFixedLong(),
        in.readFixedLong());
  }
}
