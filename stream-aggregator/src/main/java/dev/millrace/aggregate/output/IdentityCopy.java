package dev.millrace.aggregate.output;

import dev.millrace.aggregate.AggregatorFailure;
import dev.millrace.failure.MillraceException;
import dev.millrace.schema.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.IndexedRecord;

/**
 * Copies dimensions and labels of a series to the fields of the same name, or of the name they are
 * given there. Compiled once a pair of schemas; immutable.
 */
final class IdentityCopy {
  private record Pair(int from, int to) {}

  private final List<Pair> pairs;

  private IdentityCopy(List<Pair> pairs) {
    this.pairs = List.copyOf(pairs);
  }

  /**
   * Pairs every field the target has.
   *
   * @param renamed source name to target name, where they differ
   * @throws MillraceException {@link AggregatorFailure#LAYOUT_UNFIT} if a pair's types differ
   */
  static IdentityCopy strict(Schema source, Schema target, Map<String, String> renamed) {
    return compile(source, target, renamed, true);
  }

  /** Pairs every field the target has with the same type; leaves the others out. */
  static IdentityCopy lenient(Schema source, Schema target, Map<String, String> renamed) {
    return compile(source, target, renamed, false);
  }

  private static IdentityCopy compile(
      Schema source, Schema target, Map<String, String> renamed, boolean strict) {
    var pairs = new ArrayList<Pair>();
    for (var from : source.getFields()) {
      var to = target.getField(renamed.getOrDefault(from.name(), from.name()));
      if (to != null && fits(from, to)) {
        pairs.add(new Pair(from.pos(), to.pos()));
      } else if (to != null && strict) {
        throw new MillraceException(
            AggregatorFailure.LAYOUT_UNFIT,
            "field '%s' (%s) cannot fill '%s' (%s) of %s; give them one type, or rename one"
                .formatted(
                    from.name(), from.schema(), to.name(), to.schema(), target.getFullName()));
      }
    }
    return new IdentityCopy(pairs);
  }

  private static boolean fits(Schema.Field from, Schema.Field to) {
    var source = Fields.valueSchema(from.schema());
    var target = Fields.valueSchema(to.schema());
    var sameType =
        source.getType() == Schema.Type.ENUM ? source.equals(target) : sameShape(source, target);
    return sameType && (to.schema().isNullable() || !from.schema().isNullable());
  }

  private static boolean sameShape(Schema source, Schema target) {
    return source.getType() == target.getType()
        && (source.getType() != Schema.Type.MAP
            || source.getValueType().getType() == target.getValueType().getType());
  }

  void copy(GenericRecord identity, IndexedRecord target) {
    for (var pair : pairs) {
      target.put(pair.to(), identity.get(pair.from()));
    }
  }
}
