package dev.millrace.aggregate.baseline;

import java.util.Optional;

/** Where the {@link SlotGroup}s of one scope are kept. */
public interface ScopeSlots {

  /** A group, if it was ever learned; to be read only. */
  Optional<SlotGroup> find(int group);

  /** A group that is about to be changed, made where there is none. */
  SlotGroup open(int group);
}
