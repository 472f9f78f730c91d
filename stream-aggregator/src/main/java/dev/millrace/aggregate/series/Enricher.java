package dev.millrace.aggregate.series;

import dev.millrace.aggregate.codec.StateWriter;
import dev.millrace.aggregate.enrich.EnrichPlan;
import dev.millrace.aggregate.enrich.Reading;
import dev.millrace.schema.Enrichment;
import dev.millrace.schema.wire.RecordEncoder;
import dev.millrace.schema.wire.SchemaRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * Adds to each record what is known of its entity and what follows from the reading before, and
 * publishes it. One instance a task. What it keeps of an entity is forgotten when a series would
 * be.
 */
final class Enricher {
  private static final long SWEEP_MS = 3_600_000;

  private final Enrichment enrichment;
  private final EnrichPlan plan;
  private final int[] entity;
  private final List<Lookup> lookups;
  private final LiveStore<Reading> readings;
  private final Publisher publisher;
  private final RecordEncoder encoder;
  private final long forgetMs;
  private final StateWriter key = new StateWriter();
  private final StateKey probe = new StateKey();
  private long sweptMs;

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
    this.lookups =
        enrichment.known().stream()
            .map(
                known ->
                    new Lookup(
                        known,
                        context.<KnownEntities>getStateStore(KnownEntities.name(known.of()))))
            .toList();
    this.readings = context.getStateStore(spec.readingStore());
    this.publisher = publisher;
    this.encoder = new RecordEncoder(enrichment.into(), registry);
    this.forgetMs = spec.keep().forgetSeries().toMillis();
    this.sweptMs = context.currentSystemTimeMs();
  }

  /** Where more is known. */
  private record Lookup(Enrichment.Known known, KnownEntities entities) {

    void fill(GenericRecord record) {
      var name = record.get(known.by());
      var found = name == null ? null : entities.find(known.as(), name.toString());
      if (found != null) {
        for (Map.Entry<String, String> field : known.fields().entrySet()) {
          var value = found.get(field.getValue());
          if (value != null) {
            record.put(field.getKey(), value);
          }
        }
      }
    }
  }

  void enrich(GenericRecord record, long nowMs) {
    lookups.forEach(each -> each.fill(record));
    var before = reading(record);
    plan.derive(record, before.value(), nowMs);
    readings.change(before);
    publisher.publish(enrichment.into(), encoder, record);
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

  /** Once an hour, forgets the entities that have long been silent. */
  void forget(long nowMs) {
    if (nowMs - sweptMs < SWEEP_MS) {
      return;
    }
    sweptMs = nowMs;
    var silent = new ArrayList<Entry<Reading>>();
    for (var entry : readings.entries()) {
      if (nowMs - entry.value().arrivalMs() >= forgetMs) {
        silent.add(entry);
      }
    }
    silent.forEach(readings::remove);
  }
}
