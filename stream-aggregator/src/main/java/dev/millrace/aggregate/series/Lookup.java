package dev.millrace.aggregate.series;

import dev.millrace.schema.Enrichment;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.streams.processor.api.ProcessingContext;

/**
 * Fills fields of a record with what is known of the entity that one of them names. What is not
 * known leaves them as they are.
 */
record Lookup(Enrichment.Known known, KnownEntities entities) {

  static Lookup of(Enrichment.Known known, ProcessingContext context) {
    return new Lookup(known, context.getStateStore(KnownEntities.name(known.of())));
  }

  void fill(GenericRecord record) {
    var name = record.get(known.by());
    var found = name == null ? null : entities.find(known.as(), name.toString());
    if (found == null) {
      return;
    }
    known
        .fields()
        .forEach(
            (field, theirs) -> {
              var value = found.get(theirs);
              if (value != null) {
                record.put(field, value);
              }
            });
  }
}
