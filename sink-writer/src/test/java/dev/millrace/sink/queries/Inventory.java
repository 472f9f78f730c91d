package dev.millrace.sink.queries;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Every statement of the seeds that reads or writes rows, where it stands, and what became of it:
 * {@code queries/inventory.tsv} on the class path, one line a statement, the texts in files beside
 * it.
 */
final class Inventory {
  private Inventory() {}

  /** What became of a statement. */
  enum How {
    /** Runs as it is written. */
    VERBATIM,
    /** Runs in a form that says in its first line what was changed and why. */
    MENDED,
    /** The seed says in words what to ask. */
    DESCRIBED,
    /** Not a reader's query: something else of the pipeline does it. */
    REPLACED,
    /** No statement at all. */
    PROSE
  }

  /**
   * A line of the inventory.
   *
   * @param seed the first three characters of the document's name
   * @param from first line of the statement in it, from 1
   * @param to last line
   * @param query folder and name of the text, null where nothing is run
   * @param begins the first line, without blanks around it
   */
  record Entry(String seed, int from, int to, How how, String query, String begins) {
    String text() {
      return resource(query + ".sql");
    }
  }

  static List<Entry> entries() {
    return resource("inventory.tsv").lines().skip(1).map(Inventory::entry).toList();
  }

  private static Entry entry(String line) {
    var cells = line.split("\t", -1);
    var lines = cells[1].split("-", -1);
    var run = !cells[4].equals("-");
    return new Entry(
        cells[0],
        Integer.parseInt(lines[0]),
        Integer.parseInt(lines[1]),
        How.valueOf(cells[2].toUpperCase(java.util.Locale.ROOT)),
        run ? cells[4] : null,
        cells[5]);
  }

  static String resource(String name) {
    try (var stream = Inventory.class.getResourceAsStream("/queries/" + name)) {
      if (stream == null) {
        throw new IllegalArgumentException("no query " + name + " on the class path");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
