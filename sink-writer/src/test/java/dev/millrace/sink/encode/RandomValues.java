package dev.millrace.sink.encode;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/** Values of any schema: mostly such as their columns take, now and then such as none does. */
final class RandomValues {
  private static final List<String> TEXTS =
      List.of("", "a", "naïve 🎚", "St_3_3333", "x".repeat(70), "\\ \t\"", "{\"a\":1}", "10.0.0.1");
  private static final Map<String, List<String>> BY_COLUMN =
      Map.of(
          "inet", List.of("10.0.0.1", "255.255.255.255", "::1", "10.0.0.0/8", "1.2.3.04"),
          "macaddr", List.of("08:00:2b:01:02:03", "08002b010203"),
          "point", List.of("(1,2)", "(-1.5,1e3)"),
          "mood", List.of("sad", "glad"),
          "uuid", List.of("5f1c7f9e-6d2b-4a8e-9b1c-3f2d1e0c9b8a"));

  private final Random random;

  RandomValues(Random random) {
    this.random = random;
  }

  /** A record that {@code writer} wrote; {@code columns} by name of the field. */
  GenericRecord record(Schema writer, Map<String, String> columns) {
    var record = new GenericData.Record(writer);
    for (var field : writer.getFields()) {
      record.put(field.pos(), value(field.schema(), columns.getOrDefault(field.name(), ""), 0));
    }
    return record;
  }

  private Object value(Schema schema, String column, int depth) {
    return switch (schema.getType()) {
      case NULL -> null;
      case BOOLEAN -> random.nextBoolean();
      case INT -> (int) whole(30);
      case LONG -> whole(random.nextInt(10) == 0 ? 63 : 30);
      case FLOAT -> (float) floating();
      case DOUBLE -> floating();
      case STRING -> text(column);
      case BYTES -> ByteBuffer.wrap(text(column).getBytes(StandardCharsets.UTF_8));
      case FIXED -> new GenericData.Fixed(schema, new byte[schema.getFixedSize()]);
      case ENUM -> new GenericData.EnumSymbol(schema, oneOf(schema.getEnumSymbols()));
      case UNION -> value(branch(schema, depth), column, depth);
      case ARRAY -> list(schema.getElementType(), column, depth);
      case MAP -> map(schema.getValueType(), column, depth);
      case RECORD -> nested(schema, depth);
    };
  }

  private Schema branch(Schema union, int depth) {
    return union.getTypes().get(depth > 3 ? 0 : random.nextInt(union.getTypes().size()));
  }

  private GenericRecord nested(Schema schema, int depth) {
    var record = new GenericData.Record(schema);
    for (var field : schema.getFields()) {
      record.put(field.pos(), value(field.schema(), "", depth + 1));
    }
    return record;
  }

  private List<Object> list(Schema element, String column, int depth) {
    var list = new ArrayList<Object>();
    for (var left = random.nextInt(4); left > 0; left--) {
      list.add(value(element, column, depth + 1));
    }
    return list;
  }

  private Map<String, Object> map(Schema value, String column, int depth) {
    var map = new LinkedHashMap<String, Object>();
    for (var left = random.nextInt(4); left > 0; left--) {
      map.put(oneOf(TEXTS), value(value, column, depth + 1));
    }
    return map;
  }

  private long whole(int bits) {
    return switch (random.nextInt(8)) {
      case 0 -> 0;
      case 1 -> 1L << bits;
      default -> random.nextLong() >> (63 - random.nextInt(1, 15));
    };
  }

  private double floating() {
    return switch (random.nextInt(60)) {
      case 0 -> Double.NaN;
      case 1 -> Double.NEGATIVE_INFINITY;
      case 2 -> 1e300;
      default -> (random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(5));
    };
  }

  private String text(String column) {
    return switch (random.nextInt(200)) {
      case 0 -> "b\0d";
      case 1 -> oneOf(TEXTS);
      case 2 -> UUID.nameUUIDFromBytes(new byte[] {(byte) random.nextInt()}).toString();
      default -> oneOf(BY_COLUMN.getOrDefault(column, TEXTS.subList(0, 4)));
    };
  }

  private <T> T oneOf(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }
}
