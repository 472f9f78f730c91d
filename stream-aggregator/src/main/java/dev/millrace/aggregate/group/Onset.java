package dev.millrace.aggregate.group;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateTexts;
import dev.millrace.aggregate.codec.StateWriter;
import java.util.Comparator;
import java.util.UUID;

/**
 * How an incident began: what decides where it belongs, and whether it is the root. Immutable.
 *
 * @param incident its id
 * @param micros when, in event time
 * @param rank of two that began at once, the likelier root has the higher one
 * @param critical whether it is the graver kind, so far
 */
public record Onset(UUID incident, long micros, int rank, boolean critical) {
  /**
   * The root before all others: the widest; of these, what began first, then the gravest; at last
   * whichever, but always the same.
   */
  static final Comparator<Onset> ROOT_FIRST =
      Comparator.comparingInt(Onset::rank)
          .reversed()
          .thenComparingLong(Onset::micros)
          .thenComparing(Comparator.comparing(Onset::critical).reversed())
          .thenComparing(onset -> onset.incident().toString());

  void encode(StateWriter out) {
    StateTexts.writeId(incident, out);
    out.writeLong(micros);
    out.writeUnsigned(rank);
    out.writeBoolean(critical);
  }

  static Onset decode(StateReader in) {
    return new Onset(StateTexts.readId(in), in.readLong(), in.readInt(), in.readBoolean());
  }
}
