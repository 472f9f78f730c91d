package dev.millrace.aggregate.output;

import dev.millrace.schema.RecordType;
import dev.millrace.schema.wire.MessageKey;
import java.util.function.Function;
import org.apache.avro.generic.GenericData;

/**
 * What the raw records of a type are about, as their message key names it: the same text for all
 * series whose records meet in one partition. Immutable.
 */
public final class Entity {
  private final RecordType type;

  /** Of the records of a raw type. */
  public Entity(RecordType type) {
    this.type = type;
  }

  /**
   * The name of an entity.
   *
   * @param values the value, or its text, of each field of the key
   */
  public String name(Function<String, Object> values) {
    var record = new GenericData.Record(type.schema());
    type.key().forEach(field -> record.put(field, values.apply(field)));
    return MessageKey.text(type, record);
  }
}
