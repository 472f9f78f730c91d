package dev.millrace.aggregate.series;

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * Makes the {@link LiveStore} of each task. Always logged: the changelog is where the state lives.
 * It is cleaned early and in small segments, because each commit writes the same keys again.
 */
final class LiveStoreBuilder<V> implements StoreBuilder<LiveStore<V>> {
  private static final int SEGMENT_BYTES = 64 << 20;
  private static final String DIRTY_RATIO = "0.2";

  private final String name;
  private final Supplier<StateCodec<V>> codec;
  private final LongConsumer written;
  private final Map<String, String> logConfig = new HashMap<>();

  LiveStoreBuilder(String name, Supplier<StateCodec<V>> codec, LongConsumer written) {
    this.name = name;
    this.codec = codec;
    this.written = written;
    logConfig.put(TopicConfig.SEGMENT_BYTES_CONFIG, Integer.toString(SEGMENT_BYTES));
    logConfig.put(TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG, DIRTY_RATIO);
  }

  @Override
  public LiveStore<V> build() {
    return new LiveStore<>(name, codec.get(), written);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean loggingEnabled() {
    return true;
  }

  @Override
  public Map<String, String> logConfig() {
    return logConfig;
  }

  @Override
  public StoreBuilder<LiveStore<V>> withLoggingEnabled(Map<String, String> config) {
    logConfig.putAll(config);
    return this;
  }

  @Override
  public StoreBuilder<LiveStore<V>> withLoggingDisabled() {
    throw new UnsupportedOperationException("without its changelog, " + name + " would be lost");
  }

  @Override
  public StoreBuilder<LiveStore<V>> withCachingEnabled() {
    throw new UnsupportedOperationException(name + " holds live objects: nothing to cache");
  }

  @Override
  public StoreBuilder<LiveStore<V>> withCachingDisabled() {
    return this;
  }
}
