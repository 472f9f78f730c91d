package dev.millrace.catalog;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.schema.Fields;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.text.RecordReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/** One record of every type, from {@code fixtures/<topic>.json}: every field filled. */
public final class Fixtures {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Fixtures() {}

  /** The record with every field filled. */
  public static GenericRecord full(RecordType type) {
    var path = "/fixtures/" + type.topic() + ".json";
    try (var stream = Fixtures.class.getResourceAsStream(path)) {
      if (stream == null) {
        throw new AssertionError(
            "record type %s has no fixture: add schemas/src/test/resources%s, a JSON object with every field filled"
                .formatted(type.topic(), path));
      }
      return new RecordReader(type.schema()).fromJson(JSON.readTree(stream));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(path, unreadable);
    }
  }

  /** The same record with every optional field null. */
  public static GenericRecord sparse(RecordType type) {
    var record = new GenericData.Record((GenericData.Record) full(type), true);
    for (var field : type.schema().getFields()) {
      if (Fields.isOptional(field.schema())) {
        record.put(field.pos(), null);
      }
    }
    return record;
  }
}
