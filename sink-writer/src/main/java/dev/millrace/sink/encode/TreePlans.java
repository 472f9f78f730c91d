package dev.millrace.sink.encode;

import dev.millrace.failure.MillraceException;
import dev.millrace.schema.wire.AvroCursor;
import dev.millrace.schema.wire.MalformedAvroException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import org.apache.avro.Resolver;
import org.apache.avro.Schema;

/**
 * Reads maps and arrays into Java's own, with plain values inside: what {@link JsonPlan} takes.
 * Allocates the tree, whose size is bounded by that of the record.
 */
final class TreePlans {
  /** Reads one value. */
  @FunctionalInterface
  interface Reading {
    Object read(AvroCursor in);
  }

  private TreePlans() {}

  /**
   * The way to read what an action resolves.
   *
   * @throws MillraceException {@link EncodeFailure#UNSUPPORTED_COLUMN} for what JSON has no form of
   */
  static Reading of(Resolver.Action action, Column column) {
    return switch (action.type) {
      case DO_NOTHING, PROMOTE -> scalar(action, column);
      case ENUM -> symbols((Resolver.EnumAdjust) action);
      case READER_UNION -> of(((Resolver.ReaderUnion) action).actualAction, column);
      case WRITER_UNION -> union((Resolver.WriterUnion) action, column);
      case CONTAINER -> container((Resolver.Container) action, column);
      case ERROR -> unreadable(action.toString());
      case RECORD, SKIP -> throw unsupported(action, column);
    };
  }

  private static Reading scalar(Resolver.Action action, Column column) {
    return switch (action.reader.getType()) {
      case NULL -> in -> null;
      case BOOLEAN -> AvroCursor::readBoolean;
      case INT -> AvroCursor::readInt;
      case LONG -> {
        var whole = Scalars.whole(action.writer);
        yield whole::read;
      }
      case FLOAT -> {
        var floating = Scalars.floating(action);
        yield in -> (float) floating.read(in);
      }
      case DOUBLE -> {
        var floating = Scalars.floating(action);
        yield floating::read;
      }
      case STRING -> TreePlans::text;
      default -> throw unsupported(action, column);
    };
  }

  private static String text(AvroCursor in) {
    var length = in.readLength();
    var begin = in.position();
    in.skip(length);
    return TextPlans.decode(in.memory(), begin, length);
  }

  private static Reading symbols(Resolver.EnumAdjust action) {
    var symbols = Scalars.symbols(action);
    return in -> {
      var symbol = symbols[in.readIndex(symbols.length)];
      if (symbol == null) {
        throw new MalformedAvroException("a symbol that " + action.reader + " does not have");
      }
      return symbol;
    };
  }

  private static Reading union(Resolver.WriterUnion action, Column column) {
    var branches = new Reading[action.actions.length];
    for (var i = 0; i < branches.length; i++) {
      branches[i] = of(action.actions[i], column);
    }
    return in -> branches[in.readIndex(branches.length)].read(in);
  }

  private static Reading container(Resolver.Container action, Column column) {
    var element = of(action.elementAction, column);
    return action.reader.getType() == Schema.Type.MAP ? map(element) : list(element);
  }

  private static Reading map(Reading value) {
    return in -> {
      var map = new LinkedHashMap<String, Object>();
      in.enter();
      for (var left = in.readBlock(); left > 0; left = in.readBlock()) {
        for (; left > 0; left--) {
          var key = text(in);
          map.put(key, value.read(in));
        }
      }
      in.leave();
      return map;
    };
  }

  private static Reading list(Reading element) {
    return in -> {
      var list = new ArrayList<Object>();
      in.enter();
      var begin = in.position();
      for (var left = in.readBlock(); left > 0; left = in.readBlock()) {
        for (; left > 0; left--) {
          list.add(element.read(in));
          in.requireBytesFor(list.size(), begin);
        }
      }
      in.leave();
      return list;
    };
  }

  private static Reading unreadable(String why) {
    return in -> {
      throw new MalformedAvroException(why);
    };
  }

  private static MillraceException unsupported(Resolver.Action action, Column column) {
    return new MillraceException(
        EncodeFailure.UNSUPPORTED_COLUMN,
        "%s holds JSON, which has no form for the Avro type %s; publish it as text"
            .formatted(column.qualifiedName(), action.writer.getType().getName()));
  }
}
