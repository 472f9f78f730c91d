package dev.millrace.aggregate.learn;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;
import java.nio.charset.StandardCharsets;

/** Text in states. */
final class Texts {

  private Texts() {}

  static void write(String text, StateWriter out) {
    out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  static String read(StateReader in) {
    return new String(in.readBytes(), StandardCharsets.UTF_8);
  }
}
