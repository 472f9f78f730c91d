package dev.millrace.aggregate.codec;

import dev.millrace.schema.wire.AvroCursor;
import java.util.Arrays;
import org.apache.avro.Schema;

/**
 * Copies encoded Avro values so that equal values become equal bytes, whoever wrote them: numbers
 * in their shortest form, a map in one block with its entries in one order. What is copied is Avro
 * of the same schema. Scalars, text and maps of them, each optional or not; a value of another
 * shape cannot tell series apart.
 */
public final class AvroCopies {

  private AvroCopies() {}

  /** Copies one value; not for use by several threads. */
  @FunctionalInterface
  public interface Copy {
    void copy(AvroCursor in, StateWriter out);
  }

  /**
   * The copy of values of a schema.
   *
   * @throws IllegalArgumentException if it is of another shape
   */
  public static Copy of(Schema schema) {
    return switch (schema.getType()) {
      case NULL -> (in, out) -> {};
      case BOOLEAN -> (in, out) -> out.writeBoolean(in.readBoolean());
      case INT -> (in, out) -> out.writeLong(in.readInt());
      case LONG -> (in, out) -> out.writeLong(in.readLong());
      case FLOAT -> (in, out) -> raw(in, out, Float.BYTES);
      case DOUBLE -> (in, out) -> raw(in, out, Double.BYTES);
      case FIXED -> (in, out) -> raw(in, out, schema.getFixedSize());
      case STRING, BYTES -> AvroCopies::text;
      case ENUM -> symbol(schema.getEnumSymbols().size());
      case UNION -> union(schema.getTypes().stream().map(AvroCopies::of).toArray(Copy[]::new));
      case MAP -> new MapCopy(of(schema.getValueType()));
      case ARRAY, RECORD ->
          throw new IllegalArgumentException(
              "a series cannot be told apart by " + schema + "; name a field in it");
    };
  }

  private static void raw(AvroCursor in, StateWriter out, int size) {
    var from = in.position();
    in.skip(size);
    out.write(in.memory(), from, size);
  }

  private static void text(AvroCursor in, StateWriter out) {
    var length = in.readLength();
    out.writeLong(length);
    raw(in, out, length);
  }

  private static Copy symbol(int count) {
    return (in, out) -> out.writeLong(in.readIndex(count));
  }

  private static Copy union(Copy... branches) {
    return (in, out) -> {
      var branch = in.readIndex(branches.length);
      out.writeLong(branch);
      branches[branch].copy(in, out);
    };
  }

  /** Reads all entries, then writes them in the order of their bytes. */
  private static final class MapCopy implements Copy {
    private static final int FEW = 8;

    private final Copy value;
    private final StateWriter entries = new StateWriter();
    private int[] ends = new int[FEW];
    private int count;

    MapCopy(Copy value) {
      this.value = value;
    }

    @Override
    public void copy(AvroCursor in, StateWriter out) {
      read(in);
      if (count > 0) {
        out.writeLong(count);
        if (isInOrder()) {
          out.write(entries.buffer(), 0, entries.length());
        } else {
          writeSorted(out);
        }
      }
      out.writeLong(0);
    }

    private void read(AvroCursor in) {
      entries.reset();
      count = 0;
      in.enter();
      for (var left = in.readBlock(); left > 0; left = in.readBlock()) {
        for (; left > 0; left--) {
          text(in, entries);
          value.copy(in, entries);
          if (count == ends.length) {
            ends = Arrays.copyOf(ends, count * 2);
          }
          ends[count++] = entries.length();
        }
      }
      in.leave();
    }

    private boolean isInOrder() {
      for (var i = 1; i < count; i++) {
        if (compare(i - 1, i) > 0) {
          return false;
        }
      }
      return true;
    }

    private void writeSorted(StateWriter out) {
      var order = new Integer[count];
      Arrays.setAll(order, i -> i);
      Arrays.sort(order, this::compare);
      for (var entry : order) {
        out.write(entries.buffer(), begin(entry), ends[entry] - begin(entry));
      }
    }

    private int compare(int one, int other) {
      var bytes = entries.buffer();
      return Arrays.compareUnsigned(bytes, begin(one), ends[one], bytes, begin(other), ends[other]);
    }

    private int begin(int entry) {
      return entry == 0 ? 0 : ends[entry - 1];
    }
  }
}
