package dev.millrace.aggregate.score;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;

/**
 * Which entity or group.
 *
 * @param kind index of the kind of entity; 0 for groups
 * @param name its name, unique in its kind; empty for the group of those without one, and for all
 */
public record ScopeName(int kind, String name) {

  /** Of a group. */
  public static ScopeName ofGroup(String name) {
    return new ScopeName(0, name);
  }

  /** As a key. */
  public byte[] bytes() {
    var out = new StateWriter();
    out.writeByte(kind);
    Texts.write(name, out);
    return out.toByteArray();
  }

  /** Reads a key. */
  public static ScopeName of(byte[] bytes) {
    var in = new StateReader(bytes);
    return new ScopeName(in.readByte(), Texts.read(in));
  }
}
