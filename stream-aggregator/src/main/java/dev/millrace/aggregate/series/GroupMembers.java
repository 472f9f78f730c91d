package dev.millrace.aggregate.series;

import dev.millrace.aggregate.codec.StateWriter;
import dev.millrace.aggregate.score.Member;
import java.util.Arrays;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The members of groups in a store, found by their group, in one order whatever happened before.
 * The key of a member is that of its group, and its own. One instance a task.
 */
final class GroupMembers {
  private final LiveStore<Member> store;
  private final TreeMap<byte[], Entry<Member>> sorted = new TreeMap<>(Arrays::compareUnsigned);
  private boolean restored;
  private final StateWriter key = new StateWriter();
  private final StateKey probe = new StateKey();

  GroupMembers(LiveStore<Member> store) {
    this.store = store;
  }

  /** All members, with those that were restored. */
  private NavigableMap<byte[], Entry<Member>> sorted() {
    if (!restored) {
      restored = true;
      store.entries().forEach(entry -> sorted.put(entry.bytes(), entry));
    }
    return sorted;
  }

  /** A member of a group, which it becomes if it was none. */
  Entry<Member> open(byte[] group, byte[] member) {
    var known = find(group, member);
    if (known != null) {
      return known;
    }
    var made = store.create(probe, new Member());
    sorted().put(made.bytes(), made);
    return made;
  }

  /** It is no member any more. */
  void remove(byte[] group, byte[] member) {
    var known = find(group, member);
    if (known != null) {
      forget(known);
    }
  }

  void forget(Entry<Member> member) {
    sorted().remove(member.bytes());
    store.remove(member);
  }

  private Entry<Member> find(byte[] group, byte[] member) {
    key.reset();
    key.writeBytes(group);
    key.write(member, 0, member.length);
    probe.set(key.buffer(), key.length());
    return store.find(probe);
  }

  /** Every member of a group. */
  void each(byte[] group, Consumer<Member> action) {
    key.reset();
    key.writeBytes(group);
    var prefix = key.toByteArray();
    for (var entry : sorted().tailMap(prefix).entrySet()) {
      if (!startsWith(entry.getKey(), prefix)) {
        return;
      }
      action.accept(entry.getValue().value());
    }
  }

  private static boolean startsWith(byte[] bytes, byte[] prefix) {
    return bytes.length >= prefix.length
        && Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
  }
}
