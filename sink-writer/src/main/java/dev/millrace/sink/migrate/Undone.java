package dev.millrace.sink.migrate;

import java.util.List;

/**
 * What undoing drops, or would.
 *
 * @param gone every schema, table, view, function and type, by name
 * @param kept what others have put in those schemas; such a schema stays, with nothing else in it
 */
public record Undone(List<String> gone, List<String> kept) {
  static final Undone NOTHING = new Undone(List.of(), List.of());

  public Undone {
    gone = List.copyOf(gone);
    kept = List.copyOf(kept);
  }
}
