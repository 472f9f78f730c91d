package dev.millrace.schema;

import dev.millrace.failure.MillraceException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The record types a pipeline knows, by topic, in the order given. Immutable and safe for use by
 * several threads.
 */
public final class RecordCatalog {
  private final Map<String, RecordType> byTopic;

  /**
   * Holds the given types, in their order.
   *
   * @throws IllegalArgumentException if two types share a topic
   */
  public RecordCatalog(Collection<RecordType> types) {
    var index = new LinkedHashMap<String, RecordType>();
    for (var type : types) {
      if (index.put(type.topic(), type) != null) {
        throw new IllegalArgumentException("two record types for topic " + type.topic());
      }
    }
    byTopic = index;
  }

  public List<RecordType> types() {
    return List.copyOf(byTopic.values());
  }

  public Optional<RecordType> find(String topic) {
    return Optional.ofNullable(byTopic.get(topic));
  }

  /**
   * The type of a topic.
   *
   * @throws MillraceException {@link SchemaFailure#UNKNOWN_TOPIC}, naming the nearest topic
   */
  public RecordType byTopic(String topic) {
    return find(topic)
        .orElseThrow(
            () ->
                new MillraceException(
                    SchemaFailure.UNKNOWN_TOPIC,
                    "no record type for topic '%s'%s; `millrace topics` lists them"
                        .formatted(topic, Nearest.suggestion(topic, byTopic.keySet()))));
  }

  /** The same types on topics that begin with {@code prefix}. */
  public RecordCatalog prefixed(String prefix) {
    return new RecordCatalog(byTopic.values().stream().map(t -> t.prefixed(prefix)).toList());
  }

  /** The types that are folded. */
  public Stream<RecordType> folded() {
    return byTopic.values().stream().filter(type -> type.fold().isPresent());
  }

  /** The types that are rolled up from others. */
  public Stream<RecordType> rolledUp() {
    return byTopic.values().stream().filter(type -> type.rollup().isPresent());
  }

  /** The types whose records are pairs of others. */
  public Stream<RecordType> paired() {
    return byTopic.values().stream().filter(type -> type.pairing().isPresent());
  }

  /** The types whose records others raise. */
  public Stream<RecordType> raised() {
    return byTopic.values().stream().filter(type -> type.alerting().isPresent());
  }

  /** The types that are computed from many series. */
  public Stream<RecordType> gained() {
    return byTopic.values().stream().filter(type -> type.insight().isPresent());
  }

  /** The types that have a table. */
  public Stream<RecordType> stored() {
    return byTopic.values().stream().filter(type -> type.table().isPresent());
  }
}
