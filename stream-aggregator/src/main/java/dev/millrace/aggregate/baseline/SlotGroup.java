package dev.millrace.aggregate.baseline;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;
import java.util.Optional;

/**
 * The slots of one scope that are learned together and so are kept together: for an hour of the
 * day, the hour itself and the same hour of each weekday; and, apart, the slot of all times. A slot
 * takes no memory before it is learned.
 *
 * <p>A scope has at most 25 groups with 193 slots: 33 KB of heap and 16 KB of changelog once it has
 * been seen in every hour of the week, 11 KB and 4 KB after one day. One window touches two groups.
 */
public final class SlotGroup {
  /** The number of the group that holds the slot of all times; the others are 0 to 23. */
  public static final int ALL = 24;

  private static final int SLOTS = 8;

  private final Slot[] slots = new Slot[SLOTS];

  /** The group that a season slot is in. */
  public static int number(SeasonSlot slot) {
    return slot.hourOfDay() == SeasonSlot.ANY ? ALL : slot.hourOfDay();
  }

  Optional<Slot> find(SeasonSlot slot) {
    return Optional.ofNullable(slots[slot.dayOfWeek() + 1]);
  }

  Slot open(SeasonSlot slot) {
    var index = slot.dayOfWeek() + 1;
    if (slots[index] == null) {
      slots[index] = new Slot();
    }
    return slots[index];
  }

  void put(SeasonSlot slot, Slot learned) {
    slots[slot.dayOfWeek() + 1] = learned;
  }

  void shift(double delta) {
    for (var slot : slots) {
      if (slot != null) {
        slot.shift(delta);
      }
    }
  }

  public void encode(StateWriter out) {
    for (var slot : slots) {
      out.writeBoolean(slot != null);
      if (slot != null) {
        slot.encode(out);
      }
    }
  }

  public static SlotGroup decode(StateReader in) {
    var group = new SlotGroup();
    for (var i = 0; i < SLOTS; i++) {
      group.slots[i] = in.readBoolean() ? Slot.decode(in) : null;
    }
    return group;
  }
}
