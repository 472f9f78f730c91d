package dev.millrace.aggregate.rollup;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What one row of an input gives to its group and day.
 *
 * @param input index of the input
 * @param row what tells the row from others of the input
 * @param values one a figure; NaN where the row has none
 */
public record Part(int input, String row, List<Double> values) {

  public Part {
    values = List.copyOf(values);
  }

  public void encode(StateWriter out) {
    out.writeUnsigned(input);
    out.writeBytes(row.getBytes(StandardCharsets.UTF_8));
    out.writeUnsigned(values.size());
    values.forEach(out::writeDouble);
  }

  public static Part decode(StateReader in) {
    var input = in.readInt();
    var row = new String(in.readBytes(), StandardCharsets.UTF_8);
    var count = in.readInt();
    var values = new ArrayList<Double>(count);
    for (var i = 0; i < count; i++) {
      values.add(in.readDouble());
    }
    return new Part(input, row, values);
  }
}
