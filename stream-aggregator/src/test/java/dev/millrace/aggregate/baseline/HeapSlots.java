package dev.millrace.aggregate.baseline;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The slots of one scope in a map. */
public final class HeapSlots implements ScopeSlots {
  private final Map<Integer, SlotGroup> groups = new HashMap<>();

  @Override
  public Optional<SlotGroup> find(int group) {
    return Optional.ofNullable(groups.get(group));
  }

  @Override
  public SlotGroup open(int group) {
    return groups.computeIfAbsent(group, none -> new SlotGroup());
  }

  /** Bytes of all groups, encoded. */
  int bytes() {
    return groups.values().stream().mapToInt(group -> encoded(group).length).sum();
  }

  static byte[] encoded(SlotGroup group) {
    var out = new StateWriter();
    group.encode(out);
    return out.toByteArray();
  }

  static SlotGroup decoded(byte[] bytes) {
    return SlotGroup.decode(new StateReader(bytes));
  }
}
