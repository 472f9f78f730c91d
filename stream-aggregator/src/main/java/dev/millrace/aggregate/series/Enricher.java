package dev.millrace.aggregate.series;

import dev.millrace.aggregate.codec.StateWriter;
import dev.millrace.aggregate.enrich.EnrichPlan;
import dev.millrace.aggregate.enrich.Reading;
import dev.millrace.failure.MillraceException;
import dev.millrace.schema.Enrichment;
import dev.millrace.schema.wire.MessageKey;
import dev.millrace.schema.wire.RecordDecoder;
import dev.millrace.schema.wire.RecordEncoder;
import dev.millrace.schema.wire.SchemaRegistry;
import java.util.List;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * Adds to each record what is known of its entity and what follows from the reading before, and
 * publishes it. One instance a task. What it keeps of an entity is forgotten when a series would
 * be.
 */
final class Enricher {
  private final Enrichment enrichment;
  private final EnrichPlan plan;
  private final int[] entity;
  private final List<Lookup> lookups;
  private final LiveStore<Reading> readings;
  private final Publisher publisher;
  private final RecordDecoder decoder;
  private final RecordEncoder encoder;
  private final Sweep<Reading> sweep;
  private final StateWriter key = new StateWriter();
  private final StateKey probe = new StateKey();

  Enricher(
      ProcessorContext<byte[], byte[]> context,
      FoldSpec spec,
      Enrichment enrichment,
      SchemaRegistry registry,
      Publisher publisher) {
    this.enrichment = enrichment;
    this.plan = new EnrichPlan(spec.type());
    this.entity =
        enrichment.entity().stream()
            .mapToInt(field -> spec.type().schema().getField(field).pos())
            .toArray();
    this.lookups = enrichment.known().stream().map(known -> Lookup.of(known, context)).toList();
    this.readings = context.getStateStore(spec.readingStore());
    this.publisher = publisher;
    this.decoder = new RecordDecoder(spec.type().schema(), registry);
    this.encoder = new RecordEncoder(enrichment.into(), registry);
    this.sweep =
        new Sweep<>(
            readings,
            spec.keep().forgetSeries().toMillis(),
            entry -> entry.value().arrivalMs(),
            context.currentSystemTimeMs());
  }

  /**
   * Publishes the record with what is added to it.
   *
   * @return what was published
   * @throws MillraceException as {@link RecordDecoder#decode} does
   */
  byte[] enrich(byte[] message, long nowMs) {
    var record = decoder.decode(message, null);
    lookups.forEach(each -> each.fill(record));
    var before = reading(record);
    plan.derive(record, before.value(), nowMs);
    readings.change(before);
    var enriched = encoder.encode(record);
    publisher.publish(enrichment.into(), MessageKey.of(enrichment.into(), record), enriched);
    return enriched;
  }

  private Entry<Reading> reading(GenericRecord record) {
    key.reset();
    for (var position : entity) {
      KeyText.write(record.get(position), key);
    }
    probe.set(key.buffer(), key.length());
    var entry = readings.find(probe);
    return entry == null ? readings.create(probe, new Reading(plan.counters())) : entry;
  }

  /** Forgets the entities that have long been silent. */
  void forget(long nowMs) {
    sweep.lookAround(nowMs);
  }
}
