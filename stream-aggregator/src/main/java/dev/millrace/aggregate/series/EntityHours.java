package dev.millrace.aggregate.series;

import dev.millrace.aggregate.codec.StateWriter;
import dev.millrace.aggregate.score.Fact;
import dev.millrace.aggregate.score.HourParts;
import java.util.Optional;

/** What the hours of entities say, in a store of their own: an hour is written once it changes. */
final class EntityHours {
  private final LiveStore<HourParts> store;
  private final StateWriter key = new StateWriter();
  private final StateKey probe = new StateKey();

  EntityHours(LiveStore<HourParts> store) {
    this.store = store;
  }

  /** Takes what windows of an hour say; answers whether that changes anything. */
  boolean put(StateKey entity, long hour, Fact.Hour windows) {
    var known = find(entity, hour);
    var entry = known.orElseGet(() -> store.create(probe, new HourParts()));
    var changed = false;
    for (var part : windows.parts()) {
      changed |= entry.value().put(part);
    }
    if (changed) {
      store.change(entry);
    }
    return changed;
  }

  /** What an hour says of an entity, or else the hour before. */
  Optional<HourParts> latest(StateKey entity, long hour) {
    return find(entity, hour).or(() -> find(entity, hour - 1)).map(Entry::value);
  }

  void remove(StateKey entity, long hour) {
    find(entity, hour).ifPresent(store::remove);
  }

  /** Sets the probe, too. */
  private Optional<Entry<HourParts>> find(StateKey entity, long hour) {
    key.reset();
    key.writeBytes(entity.bytes());
    key.writeLong(hour);
    probe.set(key.buffer(), key.length());
    return Optional.ofNullable(store.find(probe));
  }
}
