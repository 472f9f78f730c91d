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
  private byte[] scope = new byte[0];
  private long nowMs;

  StoredScope(LiveStore<ScopeGroup> store) {
    this.store = store;
  }

  StoredScope at(byte[] scopeKey, long now) {
    scope = scopeKey;
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
    store.change(entry);
    entry.value().learned(nowMs);
    return entry.value().slots();
  }

  private Entry<ScopeGroup> entry(int group) {
    writer.reset();
    writer.writeByte(group);
    writer.write(scope, scope.length);
    probe.set(writer.buffer(), writer.length());
    return store.find(probe);
  }
}
