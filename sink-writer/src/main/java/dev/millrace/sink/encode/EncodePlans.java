package dev.millrace.sink.encode;

import dev.millrace.failure.MillraceException;
import dev.millrace.schema.Fields;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.avro.Schema;

/**
 * The one table of which Avro type can be stored in which column type. A pair that is not in it is
 * refused when a plan is asked for, never per row.
 */
final class EncodePlans {
  private static final int OID_INT8 = 20;
  private static final int OID_INT4 = 23;
  private static final int OID_TEXT = 25;
  private static final int OID_FLOAT8 = 701;
  private static final int OID_VARCHAR = 1043;
  private static final String ANY_ENUM = "enum";

  private static final Map<String, Map<String, EncodePlan.Factory>> BY_AVRO = new HashMap<>();

  static {
    for (var text : List.of("text", "varchar", "bpchar")) {
      register("string", text, TextPlans::text);
      register("enum", text, TextPlans::text);
    }
    register("string", ANY_ENUM, TextPlans::label);
    register("enum", ANY_ENUM, TextPlans::label);
    register("string", "uuid", UuidPlan::of);
    register("string", "inet", InetPlan::of);
    register("string", "macaddr", MacaddrPlan::of);
    register("string", "point", PointPlan::of);
    for (var whole : List.of("int", "long")) {
      register(whole, "int2", NumberPlans::int2);
      register(whole, "int4", NumberPlans::int4);
      register(whole, "int8", NumberPlans::int8);
      register(whole, "numeric", NumericPlan::ofLong);
    }
    register("int", "float8", NumberPlans::float8OfWhole);
    register("float", "float4", NumberPlans::float4);
    register("float", "float8", NumberPlans::float8);
    register("float", "numeric", NumericPlan::ofFloat);
    register("double", "float4", NumberPlans::float4);
    register("double", "float8", NumberPlans::float8);
    register("double", "numeric", NumericPlan::ofDouble);
    register("boolean", "bool", NumberPlans::bool);
    register("timestamp-micros", "timestamptz", TimePlans::timestampOfMicros);
    register("timestamp-millis", "timestamptz", TimePlans::timestampOfMillis);
    register("date", "date", TimePlans::date);
    register("long", "interval", TimePlans::interval);
    register("bytes", "bytea", TextPlans::bytea);
    register("string", "json", TextPlans::json);
    register("string", "jsonb", TextPlans::jsonb);
    for (var tree : List.of("map", "array<string>", "array<int>", "array<long>", "array<double>")) {
      register(tree, "json", JsonPlan::json);
      register(tree, "jsonb", JsonPlan::jsonb);
    }
    register("array<string>", "_text", arrayOf(TextPlans::text, OID_TEXT));
    register("array<string>", "_varchar", arrayOf(TextPlans::text, OID_VARCHAR));
    register("array<int>", "_int4", arrayOf(NumberPlans::int4, OID_INT4));
    register("array<int>", "_int8", arrayOf(NumberPlans::int8, OID_INT8));
    register("array<long>", "_int8", arrayOf(NumberPlans::int8, OID_INT8));
    register("array<double>", "_float8", arrayOf(NumberPlans::float8, OID_FLOAT8));
  }

  private EncodePlans() {}

  private static EncodePlan.Factory arrayOf(EncodePlan.Factory element, int oid) {
    return column -> new EncodePlan.OfArray(element.of(column), oid);
  }

  /**
   * The plan from a field to a column.
   *
   * @throws MillraceException {@link EncodeFailure#UNSUPPORTED_COLUMN}, naming both types and what
   *     the column could be
   */
  static EncodePlan of(Schema field, Column column) {
    var avro = kindOf(field);
    var targets = BY_AVRO.getOrDefault(avro, Map.of());
    var factory = targets.get(column.isEnum() ? ANY_ENUM : column.type());
    if (factory == null) {
      throw new MillraceException(
          EncodeFailure.UNSUPPORTED_COLUMN,
          "%s is %s, which cannot store the Avro type %s; change the column to one of %s in a migration"
              .formatted(
                  column.qualifiedName(), column.type(), avro, new TreeSet<>(targets.keySet())));
    }
    requireLabels(Fields.valueSchema(field), column);
    return factory.of(column);
  }

  private static void requireLabels(Schema value, Column column) {
    if (!column.isEnum() || value.getType() != Schema.Type.ENUM) {
      return;
    }
    var missing = new TreeSet<>(value.getEnumSymbols());
    missing.removeAll(column.labels());
    if (!missing.isEmpty()) {
      throw new MillraceException(
          EncodeFailure.UNSUPPORTED_COLUMN,
          "%s: the enum type %s lacks %s of %s; add them with ALTER TYPE … ADD VALUE in a migration"
              .formatted(column.qualifiedName(), column.type(), missing, value.getFullName()));
    }
  }

  /** The logical type where it changes the meaning, else the type; arrays with their elements. */
  private static String kindOf(Schema field) {
    if (field.isUnion() && field.getTypes().size() > (field.isNullable() ? 2 : 1)) {
      return "union of several types";
    }
    var value = Fields.valueSchema(field);
    var logical = Fields.logicalType(value).orElse("");
    return switch (logical) {
      case "timestamp-micros", "timestamp-millis", "date" -> logical;
      case "", "uuid", "json" ->
          value.getType() == Schema.Type.ARRAY
              ? "array<" + kindOf(value.getElementType()) + ">"
              : value.getType().getName();
      default -> value.getType().getName() + " (" + logical + ")";
    };
  }

  private static void register(String avro, String column, EncodePlan.Factory factory) {
    BY_AVRO.computeIfAbsent(avro, kind -> new HashMap<>()).put(column, factory);
  }
}
