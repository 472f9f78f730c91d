package dev.millrace.sink.encode;

import java.util.IdentityHashMap;
import org.apache.avro.Schema;

/** Steps over values that are not stored, of any schema, one that holds itself among them. */
final class SkipPlans {
  private final IdentityHashMap<Schema, FieldPlan> records = new IdentityHashMap<>();

  FieldPlan of(Schema schema) {
    return switch (schema.getType()) {
      case NULL -> (in, out) -> {};
      case BOOLEAN -> fixed(1);
      case FLOAT -> fixed(Float.BYTES);
      case DOUBLE -> fixed(Double.BYTES);
      case FIXED -> fixed(schema.getFixedSize());
      case INT -> (in, out) -> in.readInt();
      case LONG -> (in, out) -> in.readLong();
      case ENUM -> symbol(schema.getEnumSymbols().size());
      case STRING, BYTES -> (in, out) -> in.skip(in.readLength());
      case ARRAY -> blocks(of(schema.getElementType()));
      case MAP -> entries(of(schema.getValueType()));
      case UNION -> union(schema.getTypes().stream().map(this::of).toArray(FieldPlan[]::new));
      case RECORD -> record(schema);
    };
  }

  private static FieldPlan fixed(int bytes) {
    return (in, out) -> in.skip(bytes);
  }

  private static FieldPlan symbol(int count) {
    return (in, out) -> in.readIndex(count);
  }

  private static FieldPlan union(FieldPlan... branches) {
    return (in, out) -> branches[in.readIndex(branches.length)].append(in, out);
  }

  private static FieldPlan entries(FieldPlan value) {
    return blocks(
        (in, out) -> {
          in.skip(in.readLength());
          value.append(in, out);
        });
  }

  /** Items without bytes need no step, however many a block claims to have. */
  private static FieldPlan blocks(FieldPlan item) {
    return (in, out) -> {
      in.enter();
      for (var left = in.readBlock(); left > 0; left = in.readBlock()) {
        for (; left > 0; left--) {
          var before = in.position();
          item.append(in, out);
          if (in.position() == before) {
            break;
          }
        }
      }
      in.leave();
    };
  }

  private FieldPlan record(Schema schema) {
    var known = records.get(schema);
    if (known != null) {
      return known;
    }
    var fields = new FieldPlan[schema.getFields().size()];
    FieldPlan plan =
        (in, out) -> {
          in.enter();
          for (var field : fields) {
            field.append(in, out);
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
