package dev.millrace.schema.wire;

import java.util.IdentityHashMap;
import org.apache.avro.Schema;

/**
 * Steps over values that are not wanted, of any schema, one that holds itself among them. Compiled
 * once a schema.
 */
public final class AvroSkips {
  private final IdentityHashMap<Schema, Skip> records = new IdentityHashMap<>();

  /** Moves a cursor over one value. */
  @FunctionalInterface
  public interface Skip {
    void skip(AvroCursor in);
  }

  /** The step over values of a schema. */
  public Skip of(Schema schema) {
    return switch (schema.getType()) {
      case NULL -> in -> {};
      case BOOLEAN -> fixed(1);
      case FLOAT -> fixed(Float.BYTES);
      case DOUBLE -> fixed(Double.BYTES);
      case FIXED -> fixed(schema.getFixedSize());
      case INT -> in -> in.readInt();
      case LONG -> in -> in.readLong();
      case ENUM -> symbol(schema.getEnumSymbols().size());
      case STRING, BYTES -> in -> in.skip(in.readLength());
      case ARRAY -> blocks(of(schema.getElementType()));
      case MAP -> entries(of(schema.getValueType()));
      case UNION -> union(schema.getTypes().stream().map(this::of).toArray(Skip[]::new));
      case RECORD -> record(schema);
    };
  }

  private static Skip fixed(int bytes) {
    return in -> in.skip(bytes);
  }

  private static Skip symbol(int count) {
    return in -> in.readIndex(count);
  }

  private static Skip union(Skip... branches) {
    return in -> branches[in.readIndex(branches.length)].skip(in);
  }

  private static Skip entries(Skip value) {
    return blocks(
        in -> {
          in.skip(in.readLength());
          value.skip(in);
        });
  }

  /** Items without bytes need no step, however many a block claims to have. */
  private static Skip blocks(Skip item) {
    return in -> {
      in.enter();
      for (var left = in.readBlock(); left > 0; left = in.readBlock()) {
        for (; left > 0; left--) {
          var before = in.position();
          item.skip(in);
          if (in.position() == before) {
            break;
          }
        }
      }
      in.leave();
    };
  }

  private Skip record(Schema schema) {
    var known = records.get(schema);
    if (known != null) {
      return known;
    }
    var fields = new Skip[schema.getFields().size()];
    Skip plan =
        in -> {
          in.enter();
          for (var field : fields) {
            field.skip(in);
          }
          in.leave();
        };
    records.put(schema, plan);
    for (var field : schema.getFields()) {
      fields[field.pos()] = of(field.schema());
    }
    return plan;
  }
}
