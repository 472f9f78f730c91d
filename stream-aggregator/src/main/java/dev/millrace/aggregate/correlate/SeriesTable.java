package dev.millrace.aggregate.correlate;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Which series has which slot of a group. A slot that was given back is given to another. */
final class SeriesTable {
  static final int NONE = -1;

  private final GroupRules rules;
  private final List<SeriesName> names = new ArrayList<>();
  private final Map<SeriesName, Integer> slots = new HashMap<>();
  private int[] kin;

  SeriesTable(GroupRules rules) {
    this.rules = rules;
  }

  /** How many slots there are, free ones among them. */
  int size() {
    return names.size();
  }

  /** The series of a slot; null if it is free. */
  SeriesName name(int slot) {
    return names.get(slot);
  }

  /** The slot of a series, or {@link #NONE}. */
  int find(SeriesName name) {
    return slots.getOrDefault(name, NONE);
  }

  /** Gives a series a slot; {@link #NONE} if all are taken. */
  int admit(SeriesName name) {
    var slot = names.indexOf(null);
    if (slot < 0 && names.size() == rules.maxSeries()) {
      return NONE;
    }
    if (slot < 0) {
      slot = names.size();
      names.add(name);
    } else {
      names.set(slot, name);
    }
    slots.put(name, slot);
    kin = null;
    return slot;
  }

  void release(int slot) {
    slots.remove(names.set(slot, null));
    kin = null;
  }

  /** Whether two slots have series that are compared. */
  boolean isPair(int one, int other) {
    return name(one) != null && name(other) != null && kin()[one] != kin()[other];
  }

  /** By slot, a number for those that are not compared with each other; not to be changed. */
  int[] kin() {
    if (kin == null) {
      kin = IntStream.range(0, names.size()).map(this::kinOf).toArray();
    }
    return kin;
  }

  private int kinOf(int slot) {
    if (!rules.acrossMembers() || names.get(slot) == null) {
      return slot;
    }
    var member = names.get(slot).member();
    return IntStream.range(0, slot)
        .filter(each -> names.get(each) != null && names.get(each).member().equals(member))
        .findFirst()
        .orElse(slot);
  }

  void encode(StateWriter out) {
    out.writeUnsigned(names.size());
    for (var name : names) {
      out.writeBoolean(name != null);
      if (name != null) {
        name.encode(out);
      }
    }
  }

  static SeriesTable decode(StateReader in, GroupRules rules) {
    var table = new SeriesTable(rules);
    var size = in.readInt();
    for (var slot = 0; slot < size; slot++) {
      var name = in.readBoolean() ? SeriesName.decode(in) : null;
      table.names.add(name);
      if (name != null) {
        table.slots.put(name, slot);
      }
    }
    return table;
  }
}
