package dev.millrace.aggregate.score;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Text as bytes of a state. */
final class Texts {

  private Texts() {}

  static void write(String text, StateWriter out) {
    out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  static String read(StateReader in) {
    return new String(in.readBytes(), StandardCharsets.UTF_8);
  }

  static void write(List<String> texts, StateWriter out) {
    out.writeUnsigned(texts.size());
    texts.forEach(text -> write(text, out));
  }

  static List<String> readList(StateReader in) {
    var count = in.readInt();
    var texts = new ArrayList<String>(count);
    for (var i = 0; i < count; i++) {
      texts.add(read(in));
    }
    return texts;
  }
}
