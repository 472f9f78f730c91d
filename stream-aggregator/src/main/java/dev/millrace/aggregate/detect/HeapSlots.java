package dev.millrace.aggregate.detect;

import dev.millrace.aggregate.baseline.ScopeSlots;
import dev.millrace.aggregate.baseline.SlotGroup;
import java.util.Optional;

/** The slots of one scope on the heap: 33 KB once every hour of the week was seen. One thread. */
public final class HeapSlots implements ScopeSlots {
  private final SlotGroup[] groups = new SlotGroup[SlotGroup.ALL + 1];

  @Override
  public Optional<SlotGroup> find(int group) {
    return Optional.ofNullable(groups[group]);
  }

  @Override
  public SlotGroup open(int group) {
    if (groups[group] == null) {
      groups[group] = new SlotGroup();
    }
    return groups[group];
  }
}
