package dev.millrace.aggregate.series;

import dev.millrace.aggregate.baseline.ScopeSlots;
import dev.millrace.aggregate.baseline.SlotGroup;
import dev.millrace.aggregate.codec.StateWriter;
import java.util.Optional;

/**
 * The season slots of one scope at a time, in the store. Groups are kept under keys of their own,
 * so that learning a window writes the hour it falls in and not the week. One instance a task, set
 * to one scope after another.
 */
final class StoredScope implements ScopeSlots {
  private final LiveStore<ScopeGroup> store;
  private final StateWriter writer = new StateWriter();
  private final StateKey probe = new StateKey();
  private Scope scope = new Scope(new byte[0]);
  private long nowMs;

  StoredScope(LiveStore<ScopeGroup> store) {
    this.store = store;
  }

  /**
   * A scope, as a series remembers it: with the two groups it asked for last, that of an hour and
   * that of all times, so that most windows take no look-up.
   */
  static final class Scope {
    private final byte[] key;
    private int hour = -1;
    private Entry<ScopeGroup> ofHour;
    private Entry<ScopeGroup> ofAll;

    Scope(byte[] key) {
      this.key = key;
    }

    /** What identifies it; not to be changed. */
    byte[] key() {
      return key;
    }

    private Entry<ScopeGroup> known(int group) {
      var entry = group == SlotGroup.ALL ? ofAll : group == hour ? ofHour : null;
      return entry == null || entry.removed() ? null : entry;
    }

    private void know(int group, Entry<ScopeGroup> entry) {
      if (group == SlotGroup.ALL) {
        ofAll = entry;
      } else {
        hour = group;
        ofHour = entry;
      }
    }
  }

  StoredScope at(Scope of, long now) {
    scope = of;
    nowMs = now;
    return this;
  }

  @Override
  public Optional<SlotGroup> find(int group) {
    var entry = entry(group);
    return entry == null ? Optional.empty() : Optional.of(entry.value().slots());
  }

  @Override
  public SlotGroup open(int group) {
    var entry = entry(group);
    if (entry == null) {
      entry = store.create(probe, new ScopeGroup(new SlotGroup()));
    }
    scope.know(group, entry);
    store.change(entry);
    entry.value().learned(nowMs);
    return entry.value().slots();
  }

  /** After none was found, the probe is set to its key. */
  private Entry<ScopeGroup> entry(int group) {
    var known = scope.known(group);
    if (known != null) {
      return known;
    }
    writer.reset();
    writer.writeByte(group);
    writer.write(scope.key, 0, scope.key.length);
    probe.set(writer.buffer(), writer.length());
    return store.find(probe);
  }
}
