package dev.millrace.sink.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A page in Markdown of which some sections are written by the build; all the rest is written by
 * people, and left alone. Immutable.
 *
 * @param file where it is
 * @param text the whole of it
 */
record Page(Path file, String text) {
  private static final String END = "<!-- end of generated -->";

  static Page read(Path file) throws IOException {
    return new Page(file, Files.readString(file));
  }

  /** The same page with a section written anew. */
  Page with(String section, String content) {
    var begin = "<!-- generated: " + section + " -->\n";
    var from = text.indexOf(begin);
    var to = text.indexOf(END, from);
    if (from < 0 || to < 0) {
      throw new IllegalStateException(
          "%s has no section between '%s' and '%s'".formatted(file, begin.strip(), END));
    }
    var before = text.substring(0, from + begin.length());
    return new Page(file, before + content.strip() + "\n" + text.substring(to));
  }
}
