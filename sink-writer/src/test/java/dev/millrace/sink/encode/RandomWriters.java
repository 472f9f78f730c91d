package dev.millrace.sink.encode;

import dev.millrace.schema.Fields;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;

/**
 * Schemas that may have written what a reader's schema reads: fields in another order, under an
 * alias, of a narrower type, in a union or out of one, missing where there is a default, and fields
 * the reader has never heard of.
 */
final class RandomWriters {
  private final Random random;
  private final Map<String, Schema> enums = new HashMap<>();

  RandomWriters(Random random) {
    this.random = random;
  }

  Schema writerOf(Schema reader) {
    enums.clear();
    var fields = new ArrayList<Schema.Field>();
    for (var field : reader.getFields()) {
      if (!field.hasDefaultValue() || random.nextInt(4) > 0) {
        fields.add(new Schema.Field(nameOf(field), variant(field.schema()), null, null));
      }
    }
    for (var extra = random.nextInt(3); extra > 0; extra--) {
      fields.add(
          random.nextInt(fields.size() + 1),
          new Schema.Field("extra_" + extra, strange(extra), null, null));
    }
    if (random.nextBoolean()) {
      Collections.shuffle(fields, random);
    }
    return Schema.createRecord(reader.getName(), null, reader.getNamespace(), false, fields);
  }

  private String nameOf(Schema.Field field) {
    return field.aliases().isEmpty() || random.nextBoolean()
        ? field.name()
        : field.aliases().iterator().next();
  }

  private Schema variant(Schema field) {
    var value = narrowed(Fields.valueSchema(field));
    var nothing = Schema.create(Schema.Type.NULL);
    if (!field.isNullable()) {
      return random.nextInt(20) == 0 ? Schema.createUnion(nothing, value) : value;
    }
    return switch (random.nextInt(4)) {
      case 0 -> value;
      case 1 -> Schema.createUnion(value, nothing);
      default -> Schema.createUnion(nothing, value);
    };
  }

  private Schema narrowed(Schema value) {
    return switch (value.getType()) {
      case LONG -> random.nextInt(4) > 0 ? value : Schema.create(Schema.Type.INT);
      case FLOAT -> oneOf(Schema.Type.FLOAT, Schema.Type.INT, Schema.Type.LONG);
      case DOUBLE ->
          oneOf(Schema.Type.DOUBLE, Schema.Type.FLOAT, Schema.Type.INT, Schema.Type.LONG);
      case STRING, BYTES -> oneOf(value.getType(), Schema.Type.STRING, Schema.Type.BYTES);
      case ENUM -> enums.computeIfAbsent(value.getFullName(), name -> shuffled(value));
      case ARRAY -> Schema.createArray(element(value.getElementType()));
      case MAP -> Schema.createMap(element(value.getValueType()));
      default -> value;
    };
  }

  /** Avro 1.12.2 cannot read a narrow number into an array of wide ones, so there is no telling. */
  private Schema element(Schema value) {
    var wide = value.getType() == Schema.Type.FLOAT || value.getType() == Schema.Type.DOUBLE;
    return wide || value.isUnion() ? value : narrowed(value);
  }

  private Schema oneOf(Schema.Type... types) {
    return Schema.create(types[random.nextInt(types.length)]);
  }

  private Schema shuffled(Schema symbols) {
    var some = new ArrayList<>(symbols.getEnumSymbols());
    Collections.shuffle(some, random);
    if (random.nextInt(4) == 0) {
      some.add("unheard_of");
    }
    return Schema.createEnum(symbols.getName(), null, symbols.getNamespace(), some);
  }

  private Schema strange(int number) {
    var name = "Strange" + number;
    return switch (random.nextInt(4)) {
      case 0 -> Schema.createFixed(name, null, "test", 7);
      case 1 -> Schema.createMap(Schema.createArray(Schema.create(Schema.Type.FLOAT)));
      case 2 -> recursive(name);
      default ->
          Schema.createUnion(
              Schema.createEnum(name, null, "test", List.of("a", "b")),
              Schema.create(Schema.Type.NULL),
              Schema.create(Schema.Type.BYTES));
    };
  }

  private static Schema recursive(String name) {
    var chain =
        SchemaBuilder.record(name).namespace("test").fields().requiredBoolean("flag").endRecord();
    var fields = new ArrayList<Schema.Field>();
    var itself = Schema.createRecord("Chain" + name, null, "test", false);
    fields.add(new Schema.Field("link", chain, null, null));
    fields.add(
        new Schema.Field(
            "next", Schema.createUnion(Schema.create(Schema.Type.NULL), itself), null, null));
    itself.setFields(fields);
    return itself;
  }
}
