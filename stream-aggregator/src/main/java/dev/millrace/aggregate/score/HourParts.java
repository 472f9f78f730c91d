package dev.millrace.aggregate.score;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;
import java.util.Arrays;

/**
 * What the windows of one hour say of one entity: a score a series and component, each in its
 * latest form. 13 to 15 bytes each, on the heap and encoded: a device of 48 ports with six of each
 * has 4 KB an hour. Not for use by several threads.
 */
public final class HourParts {
  private static final int FIRST_SIZE = 4;

  private long[] series = new long[FIRST_SIZE];
  private byte[] components = new byte[FIRST_SIZE];
  private float[] scores = new float[FIRST_SIZE];
  private int size;

  /** Takes a part, in place of what its series had; answers whether that changes anything. */
  public boolean put(Fact.Part part) {
    var place = Arrays.binarySearch(series, 0, size, part.series());
    if (place >= 0) {
      var changed = scores[place] != (float) part.score();
      scores[place] = (float) part.score();
      return changed;
    }
    insert(-place - 1, part);
    return true;
  }

  private void insert(int place, Fact.Part part) {
    if (size == series.length) {
      var larger = size + (size >> 1);
      series = Arrays.copyOf(series, larger);
      components = Arrays.copyOf(components, larger);
      scores = Arrays.copyOf(scores, larger);
    }
    var behind = size - place;
    System.arraycopy(series, place, series, place + 1, behind);
    System.arraycopy(components, place, components, place + 1, behind);
    System.arraycopy(scores, place, scores, place + 1, behind);
    series[place] = part.series();
    components[place] = (byte) part.component();
    scores[place] = (float) part.score();
    size++;
  }

  /** Adds every part to the blend of its component, always in one order. */
  void addTo(Blend... blends) {
    for (var i = 0; i < size; i++) {
      blends[components[i]].add(1, scores[i]);
    }
  }

  public void encode(StateWriter out) {
    out.writeUnsigned(size);
    for (var i = 0; i < size; i++) {
      out.writeFixedLong(series[i]);
      out.writeByte(components[i]);
      out.writeUnsigned(Float.floatToRawIntBits(scores[i]) & 0xffffffffL);
    }
  }

  public static HourParts decode(StateReader in) {
    var parts = new HourParts();
    parts.size = in.readInt();
    var room = Math.max(FIRST_SIZE, parts.size);
    parts.series = new long[room];
    parts.components = new byte[room];
    parts.scores = new float[room];
    for (var i = 0; i < parts.size; i++) {
      parts.series[i] = in.readFixedLong();
      parts.components[i] = (byte) in.readByte();
      parts.scores[i] = Float.intBitsToFloat((int) in.readUnsigned());
    }
    return parts;
  }
}
