package dev.millrace.aggregate.output;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.schema.Fields;
import dev.millrace.schema.Place;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;

/**
 * Values as a JSON object: what is null, or a number JSON cannot have, is left out; times are text,
 * in UTC.
 */
public final class JsonText {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private JsonText() {}

  /** What a record has at these places, by their names. */
  public static String of(GenericRecord record, List<Place> places) {
    var object = NODES.objectNode();
    for (var place : places) {
      var schema = record.getSchema().getField(place.field()).schema();
      put(object, place.name(), time(place, schema, place.in(record)));
    }
    return object.toString();
  }

  /** Values by their names, in the order of the map. */
  public static String of(Map<String, ?> values) {
    return object(values).toString();
  }

  private static Object time(Place place, Schema schema, Object value) {
    var isTime =
        place.entry().isEmpty()
            && Fields.logicalType(schema).filter("timestamp-micros"::equals).isPresent();
    return isTime && value != null ? Times.instant((Long) value).toString() : value;
  }

  private static ObjectNode object(Map<?, ?> values) {
    var object = NODES.objectNode();
    values.forEach((name, value) -> put(object, name.toString(), value));
    return object;
  }

  private static void put(ObjectNode object, String name, Object value) {
    node(value).ifPresent(node -> object.set(name, node));
  }

  private static Optional<JsonNode> node(Object value) {
    if (value == null) {
      return Optional.empty();
    }
    if (value instanceof Map<?, ?> map) {
      return Optional.of(object(map));
    }
    if (value instanceof Collection<?> items) {
      var array = NODES.arrayNode();
      items.forEach(item -> node(item).ifPresent(array::add));
      return Optional.of(array);
    }
    if (value instanceof Number number) {
      return number(number);
    }
    return Optional.of(
        value instanceof Boolean flag ? NODES.booleanNode(flag) : NODES.textNode(value.toString()));
  }

  private static Optional<JsonNode> number(Number number) {
    if (number instanceof Integer || number instanceof Long) {
      return Optional.of(NODES.numberNode(number.longValue()));
    }
    var value = number.doubleValue();
    return Double.isFinite(value) ? Optional.of(NODES.numberNode(value)) : Optional.empty();
  }
}
