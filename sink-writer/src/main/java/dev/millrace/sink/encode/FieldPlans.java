package dev.millrace.sink.encode;

import dev.millrace.failure.MillraceException;
import dev.millrace.schema.wire.AvroCursor;
import dev.millrace.schema.wire.MalformedAvroException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.avro.Resolver;
import org.apache.avro.Schema;

/**
 * Joins how a value lies in the writer's bytes, as Avro's own resolution of the two schemas says,
 * with the plan of its column. What no record may hold is refused when such a record comes, as Avro
 * does; what no plan can store, at once.
 */
final class FieldPlans {
  private static final int ARRAY_HEADER_WITHOUT_ELEMENTS = 12;

  private static final FieldPlan NULL = (in, out) -> out.putNull();

  private FieldPlans() {}

  /** The step for one field into its column. */
  static FieldPlan of(Resolver.Action action, EncodePlan plan, Column column) {
    return switch (action.type) {
      case DO_NOTHING, PROMOTE -> scalar(action, plan, column);
      case ENUM -> symbols((Resolver.EnumAdjust) action, plan);
      case READER_UNION -> of(((Resolver.ReaderUnion) action).actualAction, plan, column);
      case WRITER_UNION -> union((Resolver.WriterUnion) action, plan, column);
      case CONTAINER -> container((Resolver.Container) action, plan, column);
      case ERROR -> unreadable(action.toString());
      case RECORD, SKIP -> throw unsupported(column);
    };
  }

  private static FieldPlan scalar(Resolver.Action action, EncodePlan plan, Column column) {
    if (action.reader.getType() == Schema.Type.NULL) {
      return nothing(column);
    }
    if (plan instanceof EncodePlan.OfLong whole) {
      return NumberPlans.isInt8(plan) && action.writer.getType() == Schema.Type.LONG
          ? WideNumbers.LONG
          : whole(Scalars.whole(action.writer), whole);
    }
    if (plan instanceof EncodePlan.OfDouble floating) {
      return NumberPlans.isFloat8(plan) && action.writer.getType() == Schema.Type.DOUBLE
          ? WideNumbers.DOUBLE
          : floating(Scalars.floating(action), floating);
    }
    if (plan instanceof EncodePlan.OfBoolean flag) {
      return sized((in, out) -> flag.append(in.readBoolean(), out));
    }
    if (plan instanceof EncodePlan.OfBytes bytes) {
      return sized((in, out) -> appendBytes(in, bytes, out));
    }
    throw unsupported(column);
  }

  private static FieldPlan nothing(Column column) {
    if (!column.required()) {
      return NULL;
    }
    return (in, out) -> {
      throw EncodeFailure.VALUE_REQUIRED.of(column, null, "must have a value");
    };
  }

  private static FieldPlan whole(Scalars.Whole source, EncodePlan.OfLong plan) {
    return sized((in, out) -> plan.append(source.read(in), out));
  }

  private static FieldPlan floating(Scalars.Floating source, EncodePlan.OfDouble plan) {
    return sized((in, out) -> plan.append(source.read(in), out));
  }

  private static void appendBytes(AvroCursor in, EncodePlan.OfBytes plan, CopyBuffer out) {
    var length = in.readLength();
    plan.append(in.memory(), in.position(), length, out);
    in.skip(length);
  }

  private static FieldPlan sized(FieldPlan value) {
    return (in, out) -> {
      var begin = out.beginLength();
      value.append(in, out);
      out.endLength(begin);
    };
  }

  private static FieldPlan symbols(Resolver.EnumAdjust action, EncodePlan plan) {
    var symbols = Scalars.symbols(action);
    var bytes = new byte[symbols.length][];
    for (var i = 0; i < symbols.length; i++) {
      bytes[i] = symbols[i] == null ? null : symbols[i].getBytes(StandardCharsets.UTF_8);
    }
    var label = (EncodePlan.OfBytes) plan;
    return sized(
        (in, out) -> {
          var symbol = bytes[in.readIndex(bytes.length)];
          if (symbol == null) {
            throw new MalformedAvroException("a symbol that " + action.reader + " does not have");
          }
          label.append(symbol, 0, symbol.length, out);
        });
  }

  private static FieldPlan union(Resolver.WriterUnion action, EncodePlan plan, Column column) {
    var branches = new FieldPlan[action.actions.length];
    for (var i = 0; i < branches.length; i++) {
      branches[i] = of(action.actions[i], plan, column);
    }
    var nullBranch = Arrays.asList(branches).indexOf(NULL);
    if (branches.length == 2 && nullBranch >= 0 && WideNumbers.contains(branches[1 - nullBranch])) {
      return WideNumbers.orNull(branches[1 - nullBranch], nullBranch);
    }
    return (in, out) -> branches[in.readIndex(branches.length)].append(in, out);
  }

  private static FieldPlan container(Resolver.Container action, EncodePlan plan, Column column) {
    if (plan instanceof EncodePlan.OfTree tree) {
      var reading = TreePlans.of(action, column);
      return sized((in, out) -> tree.append(reading.read(in), out));
    }
    if (plan instanceof EncodePlan.OfArray array) {
      var element = of(action.elementAction, array.element(), optional(column));
      return sized((in, out) -> appendArray(in, element, array.elementOid(), out));
    }
    throw unsupported(column);
  }

  private static void appendArray(AvroCursor in, FieldPlan element, int oid, CopyBuffer out) {
    var source = in.position();
    var begin = out.size();
    out.putInt(1);
    out.putInt(0);
    out.putInt(oid);
    out.putInt(0);
    out.putInt(1);
    var count = 0;
    var nulls = false;
    for (var left = in.readBlock(); left > 0; left = in.readBlock()) {
      for (; left > 0; left--) {
        var at = out.size();
        element.append(in, out);
        nulls |= out.isNullAt(at);
        in.requireBytesFor(++count, source);
      }
    }
    if (count == 0) {
      out.setInt(begin, 0);
      out.truncate(begin + ARRAY_HEADER_WITHOUT_ELEMENTS);
      return;
    }
    out.setInt(begin + Integer.BYTES, nulls ? 1 : 0);
    out.setInt(begin + ARRAY_HEADER_WITHOUT_ELEMENTS, count);
  }

  /** An element may be null, whatever its array may be. */
  private static Column optional(Column column) {
    return new Column(
        column.table(), column.name(), column.type(), column.modifier(), false, column.labels());
  }

  private static FieldPlan unreadable(String why) {
    return (in, out) -> {
      throw new MalformedAvroException(why);
    };
  }

  private static MillraceException unsupported(Column column) {
    return new MillraceException(
        EncodeFailure.UNSUPPORTED_COLUMN,
        "%s is %s, which stores no value of several fields"
            .formatted(column.qualifiedName(), column.type()));
  }
}
