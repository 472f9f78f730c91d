package dev.millrace.aggregate.pair;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;
import java.util.Arrays;
import java.util.UUID;

/**
 * The latest ids that were seen, {@value #MOST} at most, by 64 bits of each: two of them are taken
 * for one with odds of 1 in 10^17. An id that was seen before all of them is taken for new. One
 * thread.
 */
final class SeenIds {
  static final int MOST = 32;

  private static final int FEW = 2;

  /** An odd number whose multiples spread over all bits: 2^64 over the golden ratio. */
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private long[] seen = new long[FEW];
  private int count;
  private int oldest;

  /** Whether it is new; it is not, from then on. */
  boolean add(UUID id) {
    var bits = (id.getMostSignificantBits() * SPREAD) ^ id.getLeastSignificantBits();
    for (var i = 0; i < count; i++) {
      if (seen[i] == bits) {
        return false;
      }
    }
    keep(bits);
    return true;
  }

  private void keep(long bits) {
    if (count == MOST) {
      seen[oldest] = bits;
      oldest = (oldest + 1) % MOST;
      return;
    }
    if (count == seen.length) {
      seen = Arrays.copyOf(seen, Math.min(MOST, 2 * count));
    }
    seen[count++] = bits;
  }

  /** From the oldest on. */
  void encode(StateWriter out) {
    out.writeUnsigned(count);
    for (var i = 0; i < count; i++) {
      out.writeFixedLong(seen[(oldest + i) % count]);
    }
  }

  static SeenIds decode(StateReader in) {
    var ids = new SeenIds();
    var stored = in.readInt();
    for (var i = 0; i < stored; i++) {
      ids.keep(in.readFixedLong());
    }
    return ids;
  }
}
