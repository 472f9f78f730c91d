package dev.millrace.aggregate.pair;

import dev.millrace.aggregate.output.JsonText;
import dev.millrace.schema.Pairing;
import dev.millrace.schema.RecordType;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/** How pairs become records. Immutable. */
public final class PairPlan {
  private final RecordType into;
  private final Pairing.Layout layout;

  /** Compiles the plan of a type that has a pairing. */
  public PairPlan(RecordType into) {
    this.into = into;
    this.layout = into.pairing().orElseThrow().layout();
  }

  /** The record of a pair. */
  public GenericRecord record(Pair pair) {
    var record = new GenericData.Record(into.schema());
    record.put(layout.id(), id(pair).toString());
    record.put(into.eventTime(), pair.micros());
    record.put(layout.type(), pair.type());
    record.put(layout.primary(), pair.primary().id().toString());
    record.put(layout.related(), pair.related().id().toString());
    record.put(layout.strength(), pair.strength());
    record.put(layout.confidence(), pair.confidence());
    record.put(layout.owner(), pair.owner());
    record.put(layout.metadata(), metadata(pair));
    return record;
  }

  /** The same for the same two, in every run. */
  private static UUID id(Pair pair) {
    var name =
        String.join(
            "\n",
            pair.type(),
            pair.owner(),
            pair.primary().id().toString(),
            pair.related().id().toString());
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
  }

  private static String metadata(Pair pair) {
    var told = new LinkedHashMap<String, Object>();
    told.put("primary", pair.primary().topic());
    told.put("related", pair.related().topic());
    pair.lagMicros()
        .ifPresent(micros -> told.put("lag_ms", TimeUnit.MICROSECONDS.toMillis(micros)));
    told.putAll(pair.found());
    return JsonText.of(told);
  }
}
