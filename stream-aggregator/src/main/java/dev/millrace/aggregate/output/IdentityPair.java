package dev.millrace.aggregate.output;

import dev.millrace.aggregate.AggregatorFailure;
import dev.millrace.failure.MillraceException;
import dev.millrace.schema.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/**
 * A dimension or label of a series, and the field of a record it is copied to: of the same name, or
 * of the name it is given there.
 */
record IdentityPair(Schema.Field from, Schema.Field to) {

  /**
   * Pairs every field the target has.
   *
   * @param renamed source name to target name, where they differ
   * @throws MillraceException {@link AggregatorFailure#LAYOUT_UNFIT} if a pair's types differ
   */
  static List<IdentityPair> strict(Schema source, Schema target, Map<String, String> renamed) {
    return pairs(source, target, renamed, true);
  }

  /** Pairs every field the target has with the same type; leaves the others out. */
  static List<IdentityPair> lenient(Schema source, Schema target, Map<String, String> renamed) {
    return pairs(source, target, renamed, false);
  }

  private static List<IdentityPair> pairs(
      Schema source, Schema target, Map<String, String> renamed, boolean strict) {
    var pairs = new ArrayList<IdentityPair>();
    for (var from : source.getFields()) {
      var to = target.getField(renamed.getOrDefault(from.name(), from.name()));
      if (to != null && fits(from, to)) {
        pairs.add(new IdentityPair(from, to));
      } else if (to != null && strict) {
        throw new MillraceException(
            AggregatorFailure.LAYOUT_UNFIT,
            "field '%s' (%s) cannot fill '%s' (%s) of %s; give them one type, or rename one"
                .formatted(
                    from.name(), from.schema(), to.name(), to.schema(), target.getFullName()));
      }
    }
    return pairs;
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
}
