package dev.millrace.aggregate.baseline;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;

/**
 * What a value is judged by: the slot that was chosen, as it was at that moment.
 *
 * @param stddev after the floor, so never 0
 * @param samples windows the slot had learned from
 */
public record Norm(SeasonSlot slot, double mean, double stddev, long samples) {

  public void encode(StateWriter out) {
    slot.encode(out);
    out.writeDouble(mean);
    out.writeDouble(stddev);
    out.writeUnsigned(samples);
  }

  public static Norm decode(StateReader in) {
    return new Norm(SeasonSlot.decode(in), in.readDouble(), in.readDouble(), in.readUnsigned());
  }
}
