package dev.millrace.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.schema.Fields;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;

/**
 * A row read by plain SQL, and what a record says it should be, both as values that compare: times
 * as microseconds, JSON as trees, arrays as lists of text, every number as a double or long.
 */
public final class ReadBack {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ReadBack() {}

  /** Every row of the table, the given fields of it. */
  public static List<Map<String, Object>> rows(
      Connection connection, String table, List<Schema.Field> fields) throws SQLException {
    var columns = fields.stream().map(ReadBack::select).collect(Collectors.joining(", "));
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT " + columns + " FROM " + table)) {
      var found = new ArrayList<Map<String, Object>>();
      while (rows.next()) {
        found.add(row(rows, fields));
      }
      return found;
    }
  }

  private static Map<String, Object> row(ResultSet rows, List<Schema.Field> fields)
      throws SQLException {
    var values = new LinkedHashMap<String, Object>();
    for (var i = 0; i < fields.size(); i++) {
      values.put(fields.get(i).name(), comparable(fields.get(i), rows.getString(i + 1)));
    }
    return values;
  }

  public static Map<String, Object> expected(GenericRecord record, List<Schema.Field> fields) {
    var values = new LinkedHashMap<String, Object>();
    for (var field : fields) {
      var value = record.get(field.pos());
      values.put(field.name(), comparable(field, value));
    }
    return values;
  }

  private static Object comparable(Schema.Field field, Object value) {
    if (value instanceof Map) {
      return tree(value);
    }
    if (value instanceof Collection<?> elements) {
      return elements.stream().map(ReadBack::text).toList();
    }
    return comparable(field, text(value));
  }

  /** A long may be stored as an interval: its microseconds are asked for. */
  private static String select(Schema.Field field) {
    var name = '"' + field.name() + '"';
    var micros = "(extract(epoch FROM %s) * 1000000)::bigint".formatted(name);
    if (Fields.valueSchema(field.schema()).getType() == Schema.Type.ARRAY) {
      return "to_json(" + name + ")";
    }
    return switch (Fields.logicalType(field.schema()).orElse("")) {
      case "timestamp-micros" -> micros;
      case "date" -> name + " - date '1970-01-01'";
      default -> field.name().equals("time_bucket") ? micros : name;
    };
  }

  private static String text(Object value) {
    return value == null ? null : value.toString();
  }

  private static Object comparable(Schema.Field field, String text) {
    if (text == null) {
      return null;
    }
    var schema = Fields.valueSchema(field.schema());
    return switch (schema.getType()) {
      case MAP -> parse(text);
      case ARRAY -> elements(parse(text));
      case STRING ->
          Fields.logicalType(schema).orElse("").equals("json") ? parse(text) : (Object) text;
      case DOUBLE, FLOAT -> (Object) Double.valueOf(text);
      case INT, LONG -> (Object) Long.valueOf(text);
      case BOOLEAN -> (Object) text.startsWith("t");
      default -> text;
    };
  }

  private static List<String> elements(JsonNode array) {
    var texts = new ArrayList<String>();
    array.forEach(element -> texts.add(element.isNull() ? null : element.asText()));
    return texts;
  }

  private static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException broken) {
      throw new AssertionError(json, broken);
    }
  }

  private static Object tree(Object map) {
    var texts = new LinkedHashMap<String, String>();
    ((Map<?, ?>) map).forEach((key, value) -> texts.put(key.toString(), value.toString()));
    return JSON.valueToTree(texts);
  }
}
