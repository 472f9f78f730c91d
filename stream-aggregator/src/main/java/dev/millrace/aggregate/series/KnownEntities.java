package dev.millrace.aggregate.series;

import dev.millrace.failure.MillraceException;
import dev.millrace.failure.Owner;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.wire.RecordDecoder;
import dev.millrace.schema.wire.SchemaRegistry;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.StoreBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All entities of a compacted topic, found by some of their fields: on the heap of every process,
 * as many bytes as the topic has. Read from the topic at each start, before anything else is done.
 * Written by Kafka Streams' global thread, read by all. Of several entities of one name, the one
 * that was published last is found. A record that cannot be decoded is left to the sink to put
 * aside; while the registry is away, the thread waits for it.
 */
public final class KnownEntities implements StateStore {
  private static final Logger LOG = LoggerFactory.getLogger(KnownEntities.class);
  private static final long PAUSE_NANOS = 1_000_000_000L;

  private final String name;
  private final RecordDecoder decoder;
  private final Map<Bytes, GenericRecord> entities = new ConcurrentHashMap<>();
  private final Map<String, Map<String, GenericRecord>> byField;
  private volatile boolean open;

  private KnownEntities(RecordType type, Set<String> fields, SchemaRegistry registry) {
    this.name = name(type);
    this.decoder = new RecordDecoder(type.schema(), registry);
    this.byField =
        fields.stream()
            .collect(
                Collectors.toUnmodifiableMap(field -> field, field -> new ConcurrentHashMap<>()));
  }

  /** The store of the entities of a type. */
  public static String name(RecordType type) {
    return type.topic() + "-known";
  }

  /**
   * An entity, or null.
   *
   * @param field one of those that entities are found by
   */
  GenericRecord find(String field, String value) {
    return byField.get(field).get(value);
  }

  /** Takes a record of the topic; one without a value takes the entity of its key away. */
  void keep(byte[] key, byte[] value) {
    if (key == null) {
      return;
    }
    var id = Bytes.wrap(key);
    var entity = value == null ? null : decode(value);
    var before = entity == null ? entities.remove(id) : entities.put(id, entity);
    byField.forEach(
        (field, index) -> {
          named(before, field).ifPresent(text -> index.remove(text, before));
          named(entity, field).ifPresent(text -> index.put(text, entity));
        });
  }

  private static Optional<String> named(GenericRecord entity, String field) {
    return Optional.ofNullable(entity).map(each -> each.get(field)).map(Object::toString);
  }

  private GenericRecord decode(byte[] value) {
    while (true) {
      try {
        return decoder.decode(value, null);
      } catch (MillraceException failed) {
        if (failed.code().owner() == Owner.DATA) {
          return null;
        }
        if (failed.code().owner() != Owner.OUTAGE || Thread.currentThread().isInterrupted()) {
          throw failed;
        }
        LOG.warn("{} waits: {}", name, failed.getMessage());
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void init(StateStoreContext context, StateStore root) {
    open = true;
    context.register(root, this::keep);
  }

  @Override
  public void close() {
    open = false;
    entities.clear();
    byField.values().forEach(Map::clear);
  }

  @Override
  public boolean persistent() {
    return false;
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  /** Makes the store. It has no changelog: the topic is one. */
  public static final class Builder implements StoreBuilder<KnownEntities> {
    private final RecordType type;
    private final Set<String> fields;
    private final SchemaRegistry registry;

    /** Of the entities of a type, found by these fields. */
    public Builder(RecordType type, Set<String> fields, SchemaRegistry registry) {
      this.type = type;
      this.fields = Set.copyOf(fields);
      this.registry = registry;
    }

    @Override
    public KnownEntities build() {
      return new KnownEntities(type, fields, registry);
    }

    @Override
    public String name() {
      return KnownEntities.name(type);
    }

    @Override
    public boolean loggingEnabled() {
      return false;
    }

    @Override
    public Map<String, String> logConfig() {
      return Map.of();
    }

    @Override
    public StoreBuilder<KnownEntities> withLoggingEnabled(Map<String, String> config) {
      throw new UnsupportedOperationException(name() + " is read from its topic");
    }

    @Override
    public StoreBuilder<KnownEntities> withLoggingDisabled() {
      return this;
    }

    @Override
    public StoreBuilder<KnownEntities> withCachingEnabled() {
      throw new UnsupportedOperationException(name() + " is on the heap");
    }

    @Override
    public StoreBuilder<KnownEntities> withCachingDisabled() {
      return this;
    }
  }
}
