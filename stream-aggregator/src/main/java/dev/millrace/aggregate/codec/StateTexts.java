package dev.millrace.aggregate.codec;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Texts, lists of them and ids in a state. */
public final class StateTexts {

  private StateTexts() {}

  public static void write(String text, StateWriter out) {
    out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  public static String read(StateReader in) {
    return new String(in.readBytes(), StandardCharsets.UTF_8);
  }

  public static void writeAll(List<String> texts, StateWriter out) {
    out.writeUnsigned(texts.size());
    texts.forEach(text -> write(text, out));
  }

  public static List<String> readAll(StateReader in) {
    var count = in.readInt();
    var texts = new ArrayList<String>(count);
    for (var i = 0; i < count; i++) {
      texts.add(read(in));
    }
    return List.copyOf(texts);
  }

  public static void writeId(UUID id, StateWriter out) {
    out.writeFixedLong(id.getMostSignificantBits());
    out.writeFixedLong(id.getLeastSignificantBits());
  }

  public static UUID readId(StateReader in) {
    return new UUID(in.readFixedLong(), in.readFixedLong());
  }
}
