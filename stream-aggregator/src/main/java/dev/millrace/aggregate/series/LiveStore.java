package dev.millrace.aggregate.series;

import dev.millrace.aggregate.codec.StateWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.processor.internals.InternalProcessorContext;
import org.apache.kafka.streams.processor.internals.ProcessorContextUtils;
import org.apache.kafka.streams.query.Position;
import org.apache.kafka.streams.state.internals.CacheFlushListener;
import org.apache.kafka.streams.state.internals.CachedStateStore;

/**
 * A state store that keeps live objects on the heap. What changed is encoded and written to the
 * changelog once a commit, before the offsets are committed and in the same transaction: however
 * many samples changed a state since the last commit, it costs one write of what differs. After a
 * crash or a move the states are restored from the changelog, and decoded when first asked for.
 *
 * <p>The moment before the commit is offered by Kafka Streams only internally, to stores that are
 * {@link CachedStateStore}s; this is the one class that uses internal classes. Used by the stream
 * thread that owns the task, and while restoring by the restoring thread, never by both at once.
 *
 * @param <V> the live state
 */
final class LiveStore<V> implements StateStore, CachedStateStore<byte[], byte[]> {
  private static final RecordHeaders NO_HEADERS = new RecordHeaders();

  private final String name;
  private final StateCodec<V> codec;
  private final LongConsumer written;
  private final Map<StateKey, Entry<V>> entries = new HashMap<>(); // an entry is its own key
  private final List<Entry<V>> changed = new ArrayList<>();
  private final StateWriter writer = new StateWriter();
  private InternalProcessorContext<?, ?> context;
  private boolean open;

  /**
   * An empty store.
   *
   * @param written is told of the bytes of each commit
   */
  LiveStore(String name, StateCodec<V> codec, LongConsumer written) {
    this.name = name;
    this.codec = codec;
    this.written = written;
  }

  /** The state of a key, or null. */
  Entry<V> find(StateKey key) {
    return entries.get(key);
  }

  /** Keeps a new state under a copy of the key. */
  Entry<V> create(StateKey key, V value) {
    var entry = Entry.live(key, codec, value);
    entries.put(entry, entry);
    change(entry);
    return entry;
  }

  /** Notes that a state differs from what the changelog holds. */
  void change(Entry<V> entry) {
    if (!entry.changed()) {
      entry.changed(true);
      changed.add(entry);
    }
  }

  /** Forgets a state, here and in the changelog. */
  void remove(Entry<V> entry) {
    entries.remove(entry);
    entry.remove();
    change(entry);
  }

  Collection<Entry<V>> entries() {
    return entries.values();
  }

  int size() {
    return entries.size();
  }

  /** Takes a record of the changelog: the newest of a key wins, none means it is gone. */
  void restore(byte[] key, byte[] value) {
    var restored = StateKey.of(codec.parts() == 1 ? key : Arrays.copyOf(key, key.length - 1));
    var part = codec.parts() == 1 ? 0 : key[key.length - 1];
    var entry = entries.get(restored);
    if (entry == null) {
      entry = Entry.empty(restored, codec);
      entries.put(entry, entry);
    }
    entry.restore(part, value);
    if (!entry.isKept()) {
      entries.remove(restored);
      entry.remove();
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void init(StateStoreContext stateStoreContext, StateStore root) {
    context = ProcessorContextUtils.asInternalProcessorContext(stateStoreContext);
    open = true;
    stateStoreContext.register(root, this::restore);
  }

  /** Called before each commit: writes what changed since the last one. */
  @Override
  public void flushCache() {
    if (changed.isEmpty()) {
      return;
    }
    var bytes = 0L;
    for (var entry : changed) {
      entry.changed(false);
      bytes += entry.removed() ? erase(entry) : write(entry);
    }
    changed.clear();
    written.accept(bytes);
  }

  private long write(Entry<V> entry) {
    var bytes = 0L;
    for (var left = codec.changed(entry.value()); left != 0; left &= left - 1) {
      var part = Integer.numberOfTrailingZeros(left);
      writer.reset();
      codec.encode(entry.value(), part, writer);
      bytes += log(keyOf(entry, part), writer.toByteArray());
      entry.keep(part);
    }
    return bytes;
  }

  private long erase(Entry<V> entry) {
    var bytes = 0L;
    for (var part = 0; part < codec.parts(); part++) {
      bytes += entry.isKept(part) ? log(keyOf(entry, part), null) : 0;
    }
    return bytes;
  }

  /** The key of a part: the state's own, and the part's number if there are several. */
  private byte[] keyOf(Entry<V> entry, int part) {
    var key = entry.bytes();
    if (codec.parts() == 1) {
      return key;
    }
    var own = Arrays.copyOf(key, key.length + 1);
    own[key.length] = (byte) part;
    return own;
  }

  private long log(byte[] key, byte[] value) {
    context.logChange(
        name,
        Bytes.wrap(key),
        value,
        context.currentSystemTimeMs(),
        NO_HEADERS,
        Position.emptyPosition());
    return key.length + (value == null ? 0L : value.length);
  }

  /**
   * Called when an active task becomes a standby, always after a commit: the live states are what
   * the changelog holds, and stay until newer ones are restored over them.
   */
  @Override
  public void clearCache() {}

  @Override
  public boolean setFlushListener(CacheFlushListener<byte[], byte[]> listener, boolean old) {
    return false;
  }

  @Override
  public void close() {
    entries.clear();
    changed.clear();
    open = false;
  }

  @Override
  public boolean persistent() {
    return false;
  }

  @Override
  public boolean isOpen() {
    return open;
  }
}
