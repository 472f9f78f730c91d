package dev.millrace.sink;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.schema.Fields;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;

/**
 * A row read by plain SQL, and what a record says it should be, both as values that compare: times
 * as microseconds, JSON and arrays as trees, every number as a double or long.
 */
final class ReadBack {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ReadBack() {}

  /** The only row of the table, the given fields of it. */
  static Map<String, Object> row(Connection connection, String table, List<Schema.Field> fields)
      throws SQLException {
    var columns = fields.stream().map(ReadBack::select).collect(Collectors.joining(", "));
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT " + columns + " FROM " + table)) {
      if (!rows.next()) {
        throw new AssertionError("no row in " + table);
      }
      var values = new LinkedHashMap<String, Object>();
      for (var i = 0; i < fields.size(); i++) {
        values.put(fields.get(i).name(), comparable(fields.get(i), rows.getString(i + 1)));
      }
      return values;
    }
  }

  static Map<String, Object> expected(GenericRecord record, List<Schema.Field> fields) {
    var values = new LinkedHashMap<String, Object>();
    for (var field : fields) {
      var value = record.get(field.pos());
      values.put(field.name(), comparable(field, text(value)));
    }
    return values;
  }

  /** A long may be stored as an interval: its microseconds are asked for. */
  private static String select(Schema.Field field) {
    var name = '"' + field.name() + '"';
    var micros = "(extract(epoch FROM %s) * 1000000)::bigint".formatted(name);
    if (Fields.valueSchema(field.schema()).getType() == Schema.Type.ARRAY) {
      return "to_jsonb(" + name + ")";
    }
    return switch (Fields.logicalType(field.schema()).orElse("")) {
      case "timestamp-micros" -> micros;
      case "date" -> name + " - date '1970-01-01'";
      default -> field.name().equals("time_bucket") ? micros : name;
    };
  }

  private static String text(Object value) {
    if (value instanceof Map || value instanceof List) {
      return json(value);
    }
    return value == null ? null : value.toString();
  }

  private static String json(Object value) {
    try {
      return JSON.writeValueAsString(plain(value));
    } catch (JsonProcessingException broken) {
      throw new AssertionError(value.toString(), broken);
    }
  }

  /** Avro's text becomes Java's, in a map or a list too. */
  private static Object plain(Object value) {
    if (value instanceof Map<?, ?> map) {
      var texts = new LinkedHashMap<String, Object>();
      map.forEach((key, element) -> texts.put(key.toString(), plain(element)));
      return texts;
    }
    if (value instanceof List<?> list) {
      return list.stream().map(ReadBack::plain).toList();
    }
    return value instanceof CharSequence ? value.toString() : value;
  }

  private static Object comparable(Schema.Field field, String text) {
    if (text == null) {
      return null;
    }
    var schema = Fields.valueSchema(field.schema());
    return switch (schema.getType()) {
      case MAP, ARRAY -> parse(text);
      case STRING ->
          Fields.logicalType(schema).orElse("").equals("json") ? parse(text) : (Object) text;
      case DOUBLE, FLOAT -> (Object) Double.valueOf(text);
      case INT, LONG -> (Object) Long.valueOf(text);
      case BOOLEAN -> (Object) text.startsWith("t");
      default -> text;
    };
  }

  private static Object parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException broken) {
      throw new AssertionError(json, broken);
    }
  }
}
