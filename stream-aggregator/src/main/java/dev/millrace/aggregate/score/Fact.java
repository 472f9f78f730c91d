package dev.millrace.aggregate.score;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;
import dev.millrace.schema.insight.IncidentStatus;
import dev.millrace.schema.insight.Severity;
import java.util.ArrayList;
import java.util.List;

/**
 * What one record says of one entity.
 *
 * @param micros since the epoch: the end of the hour, when it was read, when the incident took the
 *     step
 * @param labels the name of its group, then its labels; empty where the record has none
 */
public record Fact(long micros, List<String> labels, What what) {
  private static final int HOUR = 0;
  private static final int READING = 1;
  private static final int STEP = 2;

  public Fact {
    labels = List.copyOf(labels);
  }

  /** One of the things a record may say. */
  public sealed interface What {}

  /** How healthy a series was for an hour, in one component or several. */
  public record Hour(List<Part> parts) implements What {

    public Hour {
      parts = List.copyOf(parts);
    }
  }

  /** Whether it was up. */
  public record Reading(boolean up) implements What {}

  /** A step in the life of an incident. */
  public record Step(String incident, int revision, IncidentStatus status, Severity severity)
      implements What {}

  /**
   * What a series gives to one component for an hour.
   *
   * @param series what tells the series, in this component, from others of the entity
   * @param component index of the component
   * @param score 0 to 100
   */
  public record Part(long series, int component, double score) {}

  public void encode(StateWriter out) {
    out.writeLong(micros);
    Texts.write(labels, out);
    if (what instanceof Hour hour) {
      out.writeByte(HOUR);
      out.writeUnsigned(hour.parts().size());
      for (var part : hour.parts()) {
        out.writeFixedLong(part.series());
        out.writeByte(part.component());
        out.writeDouble(part.score());
      }
    } else if (what instanceof Reading reading) {
      out.writeByte(READING);
      out.writeBoolean(reading.up());
    } else {
      var step = (Step) what;
      out.writeByte(STEP);
      Texts.write(step.incident(), out);
      out.writeUnsigned(step.revision());
      Texts.write(step.status().name(), out);
      Texts.write(step.severity().name(), out);
    }
  }

  public static Fact decode(StateReader in) {
    return new Fact(in.readLong(), Texts.readList(in), what(in));
  }

  private static What what(StateReader in) {
    var kind = in.readByte();
    if (kind == HOUR) {
      var count = in.readInt();
      var parts = new ArrayList<Part>(count);
      for (var i = 0; i < count; i++) {
        parts.add(new Part(in.readFixedLong(), in.readByte(), in.readDouble()));
      }
      return new Hour(parts);
    }
    if (kind == READING) {
      return new Reading(in.readBoolean());
    }
    return new Step(
        Texts.read(in),
        in.readInt(),
        IncidentStatus.valueOf(Texts.read(in)),
        Severity.valueOf(Texts.read(in)));
  }
}
