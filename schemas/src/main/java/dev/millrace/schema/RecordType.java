package dev.millrace.schema;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.avro.Schema;

/**
 * Everything the pipeline knows of one kind of record: its Avro schema, its topic, its key, its
 * event time, where it is stored and how it is folded. Immutable; one constant a record, in the
 * catalogue class of its domain. The engines read nothing but this.
 *
 * @param topic the topic, {@code <domain>.<plural>}
 * @param schema the Avro record
 * @param settings how the topic is created
 * @param key fields whose values, joined, are the message key: they choose the partition and so
 *     what stays in order
 * @param eventTime the timestamp-micros field that says when it happened
 * @param origin who publishes it
 * @param table where it is stored; empty for records that are only folded or only read from Kafka
 * @param enrichment what is added to it before it is stored and folded; empty for records that are
 *     taken as they come
 * @param fold how it is folded; empty for records that are not
 * @param rollup what its records are rolled up from; empty for records that are not
 * @param pairing what its records are pairs of; empty for records that are no pairs
 * @param alerting what raises its records; empty for records that nothing raises
 * @param insight what of many series they are computed from; empty for records that are not
 */
public record RecordType(
    String topic,
    Schema schema,
    TopicSettings settings,
    List<String> key,
    String eventTime,
    Origin origin,
    Optional<Table> table,
    Optional<Enrichment> enrichment,
    Optional<Fold> fold,
    Optional<Rollup> rollup,
    Optional<Pairing> pairing,
    Optional<Alerting> alerting,
    Optional<Insight> insight) {

  /** Who publishes records of a type. */
  public enum Origin {
    /** Pollers, taps and other programs outside, through the producer library. */
    PUBLISHED,
    /** The aggregator. */
    COMPUTED
  }

  public RecordType {
    Objects.requireNonNull(topic);
    Objects.requireNonNull(settings);
    Objects.requireNonNull(origin);
    key = List.copyOf(key);
    if (key.isEmpty()) {
      throw new IllegalArgumentException(topic + " has no message key");
    }
    key.forEach(field -> Fields.require(schema, field));
    Fields.require(schema, eventTime);
    table.ifPresent(stored -> stored.conflictKey().forEach(f -> Fields.require(schema, f)));
    enrichment.ifPresent(added -> added.requireFieldsOf(schema));
    fold.ifPresent(folded -> folded.requireFieldsOf(schema));
    rollup.ifPresent(rolled -> rolled.requireFieldsOf(schema));
    pairing.ifPresent(paired -> paired.requireFieldsOf(schema));
    alerting.ifPresent(raised -> raised.requireFieldsOf(schema));
    insight.ifPresent(gained -> gained.requireFieldsOf(schema));
    if (enrichment.isPresent() && (fold.isEmpty() || table.isPresent())) {
      throw new IllegalArgumentException(
          topic + " is enriched: it is to be folded, and its enriched records to be stored");
    }
  }

  /**
   * The same type on topics that begin with {@code prefix}: for several pipelines on one cluster.
   * Tables keep their names.
   */
  public RecordType prefixed(String prefix) {
    return new RecordType(
        prefix + topic,
        schema,
        settings,
        key,
        eventTime,
        origin,
        table,
        enrichment.map(added -> added.prefixed(prefix)),
        fold.map(folded -> folded.prefixed(prefix)),
        rollup.map(rolled -> rolled.prefixed(prefix)),
        pairing.map(paired -> paired.prefixed(prefix)),
        alerting.map(raised -> raised.prefixed(prefix)),
        insight.map(gained -> gained.prefixed(prefix)));
  }

  /** The registry's subject of the values (TopicNameStrategy). */
  public String subject() {
    return topic + "-value";
  }

  /** The topic of records that can never be stored. */
  public String deadLetterTopic() {
    return topic + ".dlq";
  }

  /** The topic of samples that came later than any window they belong to. */
  public String lateTopic() {
    return topic + ".late";
  }

  /** The topics of the records that others of this type are computed from, each once. */
  public List<String> computedFrom() {
    var rows = rollup.stream().flatMap(rolled -> rolled.topics().stream());
    var pairs = pairing.stream().flatMap(paired -> paired.sources().stream());
    var raising = alerting.stream().flatMap(raised -> raised.sources().stream());
    return Stream.concat(rows, Stream.concat(pairs, raising).map(RecordType::topic))
        .distinct()
        .toList();
  }

  /** Whether a record without a value deletes a row: the topic is compacted by the table's key. */
  public boolean deletesByKey() {
    return settings.retention().isEmpty()
        && table
            .filter(stored -> !stored.appendOnly())
            .filter(stored -> Set.copyOf(stored.conflictKey()).equals(Set.copyOf(key)))
            .isPresent();
  }

  @Override
  public String toString() {
    return topic + table.map(stored -> " -> " + stored).orElse("");
  }

  public static Builder of(String topic, Schema schema) {
    return new Builder(topic, schema);
  }

  /** Collects a record type; not for use by several threads. */
  public static final class Builder {
    private static final int DEFAULT_PARTITIONS = 4;

    private final String topic;
    private final Schema schema;
    private TopicSettings settings = TopicSettings.keep(DEFAULT_PARTITIONS, Duration.ofDays(7));
    private List<String> key = List.of();
    private String eventTime = "";
    private Origin origin = Origin.PUBLISHED;
    private Table table;
    private Enrichment enrichment;
    private Rollup rollup;
    private Pairing pairing;
    private Alerting alerting;
    private Insight insight;

    private Builder(String topic, Schema schema) {
      this.topic = topic;
      this.schema = schema;
    }

    public Builder settings(TopicSettings topicSettings) {
      settings = topicSettings;
      return this;
    }

    public Builder key(String... fields) {
      key = List.of(fields);
      return this;
    }

    public Builder eventTime(String field) {
      eventTime = field;
      return this;
    }

    /** Marks the type as published by the aggregator. */
    public Builder computed() {
      origin = Origin.COMPUTED;
      return this;
    }

    /** Stores each record as a row of its own. */
    public Builder storedIn(String databaseSchema, String name) {
      table = new Table(databaseSchema, name, List.of());
      return this;
    }

    /** Stores the latest record of each key. */
    public Builder storedIn(String databaseSchema, String name, String... conflictKey) {
      table = new Table(databaseSchema, name, List.of(conflictKey));
      return this;
    }

    /**
     * Stores the first record of each key, and leaves out what comes later with the same; a record
     * whose key is null is a row of its own.
     */
    public Builder storedOnceIn(String databaseSchema, String name, String... conflictKey) {
      table = new Table(databaseSchema, name, List.of(conflictKey), Table.Keeps.FIRST);
      return this;
    }

    public Builder enriched(Enrichment added) {
      enrichment = added;
      return this;
    }

    /** Rolls the records up from others; marks the type as published by the aggregator. */
    public Builder rolledUp(Rollup rolled) {
      rollup = rolled;
      return computed();
    }

    /** Makes the records of pairs of others; marks the type as published by the aggregator. */
    public Builder paired(Pairing paired) {
      pairing = paired;
      return computed();
    }

    /** Has records raised by others; whoever publishes the type goes on doing so. */
    public Builder raised(Alerting raised) {
      alerting = raised;
      return this;
    }

    /** Computes the records from many series; marks the type as published by the aggregator. */
    public Builder gained(Insight from) {
      insight = from;
      return computed();
    }

    public RecordType folded(Fold fold) {
      return build(Optional.of(fold));
    }

    public RecordType build() {
      return build(Optional.empty());
    }

    private RecordType build(Optional<Fold> fold) {
      return new RecordType(
          topic,
          schema,
          settings,
          key,
          eventTime,
          origin,
          Optional.ofNullable(table),
          Optional.ofNullable(enrichment),
          fold,
          Optional.ofNullable(rollup),
          Optional.ofNullable(pairing),
          Optional.ofNullable(alerting),
          Optional.ofNullable(insight));
    }
  }
}
