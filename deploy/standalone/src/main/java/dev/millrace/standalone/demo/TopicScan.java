package dev.millrace.standalone.demo;

import dev.millrace.failure.MillraceException;
import dev.millrace.schema.Measure;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.Table;
import dev.millrace.schema.Tier;
import dev.millrace.schema.wire.DeadLetter;
import dev.millrace.schema.wire.LateRecord;
import dev.millrace.schema.wire.RecordDecoder;
import dev.millrace.schema.wire.SchemaRegistry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Counts what the log of one topic holds, record by record: the side of the equation that does not
 * believe any counter. The values of records that are enriched are counted as they are then: some
 * were not there before. Used by one thread. Keeps eight bytes and some for every row of a keyed
 * table.
 */
final class TopicScan {
  private final RecordType type;
  private final RecordDecoder decoder;
  private final Optional<String> enriched;
  private final int[] measures;
  private final int[] rowKey;
  private final boolean keepsFirst;
  private final Set<Long> rows = new HashSet<>();
  private final Set<String> deadLetters = new HashSet<>();

  private long records;
  private long samples;
  private long keyless;
  private final Map<Tier, Long> uncounted = new EnumMap<>(Tier.class);
  private GenericRecord reuse;

  TopicScan(RecordType type, SchemaRegistry registry) {
    this.type = type;
    this.decoder = new RecordDecoder(type.schema(), registry);
    this.enriched = type.enrichment().map(added -> added.into().topic());
    var schema = type.schema();
    this.measures =
        type.fold().stream()
            .flatMap(fold -> fold.measures().stream())
            .map(Measure::field)
            .mapToInt(field -> schema.getField(field).pos())
            .toArray();
    this.rowKey =
        type.table().stream()
            .flatMap(table -> table.conflictKey().stream())
            .mapToInt(field -> schema.getField(field).pos())
            .toArray();
    this.keepsFirst = type.table().stream().anyMatch(table -> table.keeps() == Table.Keeps.FIRST);
  }

  RecordType type() {
    return type;
  }

  /** Takes a record of the topic, of its dead letters or of its late records. */
  void take(ConsumerRecord<byte[], byte[]> record) {
    if (record.topic().equals(type.deadLetterTopic())) {
      deadLetters.add(
          header(record, DeadLetter.PARTITION) + "/" + header(record, DeadLetter.OFFSET));
    } else if (record.topic().equals(type.lateTopic())) {
      takeLate(header(record, LateRecord.UNCOUNTED));
    } else if (record.topic().equals(type.topic())) {
      records++;
      if (enriched.isEmpty()) {
        count(record);
      }
    } else {
      count(record);
    }
  }

  private void takeLate(String header) {
    for (var tier : Tier.values()) {
      uncounted.merge(tier, (long) LateRecord.uncounted(header, tier), Long::sum);
    }
  }

  private void count(ConsumerRecord<byte[], byte[]> record) {
    if (measures.length == 0 && rowKey.length == 0) {
      return;
    }
    try {
      reuse = decoder.decode(record.value(), reuse);
    } catch (MillraceException undecodable) {
      return; // It is among the dead letters, or the equation will say that it is not.
    }
    for (var position : measures) {
      if (reuse.get(position) != null) {
        samples++;
      }
    }
    if (keepsFirst && hasNoKey()) {
      keyless++;
    } else if (rowKey.length > 0) {
      rows.add(rowHash());
    }
  }

  /** Where the first of a key is kept, what has no key is a row of its own. */
  private boolean hasNoKey() {
    return Arrays.stream(rowKey).anyMatch(position -> reuse.get(position) == null);
  }

  /**
   * 64 bits of the row's key (FNV-1a): two keys in ten million collide with odds of 1 in 300,000.
   */
  private long rowHash() {
    var hash = 0xcbf29ce484222325L;
    for (var position : rowKey) {
      var text = String.valueOf(reuse.get(position));
      for (var i = 0; i < text.length(); i++) {
        hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
      }
      hash = (hash ^ 0xffff) * 0x100000001b3L;
    }
    return hash;
  }

  /** Topics to read for this count. */
  List<String> topics() {
    var topics = new ArrayList<>(List.of(type.topic(), type.deadLetterTopic()));
    if (type.fold().isPresent()) {
      topics.add(type.lateTopic());
    }
    enriched.ifPresent(topics::add);
    return topics;
  }

  long records() {
    return records;
  }

  /** Values that a fold takes: one a measure that is not null. */
  long samples() {
    return samples;
  }

  /** Values in the late topic that the windows of a tier have not counted. */
  long uncounted(Tier tier) {
    return uncounted.getOrDefault(tier, 0L);
  }

  /** Records put aside, each counted once however often it was tried. */
  long deadLetters() {
    return deadLetters.size();
  }

  /** Rows the records make: one a record, or one a key. */
  long rows() {
    return rowKey.length == 0 ? records - deadLetters() : rows.size() + keyless;
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    var header = record.headers().lastHeader(name);
    return header == null ? "?" : new String(header.value(), StandardCharsets.UTF_8);
  }
}
