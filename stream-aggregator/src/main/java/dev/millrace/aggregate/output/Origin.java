package dev.millrace.aggregate.output;

import dev.millrace.schema.Fold;
import dev.millrace.schema.RecordType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * What the insight records of one raw type have in common: where they come from, and who they are
 * about. Compiled once a type and kind of record; immutable.
 */
final class Origin {
  private static final String UNIT = "unit";

  private final RecordType type;
  private final Fold fold;
  private final List<Schema.Field> named;
  private final Schema.Field unit;
  private final List<IdentityPair> pairs;

  /**
   * Compiles it.
   *
   * @param identity dimensions and labels of the series
   * @param names those that are named in the record's {@code series}
   */
  Origin(RecordType type, Schema identity, List<String> names, Schema insight) {
    this.type = type;
    this.fold = type.fold().orElseThrow();
    this.named = names.stream().map(identity::getField).toList();
    this.unit = identity.getField(UNIT);
    var renamed = fold.windows().get(0).layout().renamed();
    this.pairs = IdentityPair.lenient(identity, insight, renamed);
  }

  String topic() {
    return type.topic();
  }

  String scope() {
    return fold.scope();
  }

  /** Fills the fields that bear the name of a dimension or a label. */
  void copy(GenericRecord identity, SpecificRecordBase insight) {
    pairs.forEach(pair -> insight.put(pair.to().pos(), identity.get(pair.from().pos())));
  }

  /** Dimensions and labels that are not null, as text. */
  Map<CharSequence, CharSequence> names(GenericRecord identity) {
    var names = new HashMap<CharSequence, CharSequence>();
    for (var field : named) {
      var value = identity.get(field.pos());
      if (value != null) {
        names.put(field.name(), value.toString());
      }
    }
    return names;
  }

  /** The unit all samples share, else the one the series carries; or null. */
  String unit(SeriesIdentity series) {
    return fold.measures()
        .get(series.measure())
        .unit()
        .orElseGet(() -> unit == null ? null : text(series.identity().get(unit.pos())));
  }

  private static String text(Object value) {
    return value == null ? null : value.toString();
  }
}
