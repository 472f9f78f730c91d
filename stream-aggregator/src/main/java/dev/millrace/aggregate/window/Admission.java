package dev.millrace.aggregate.window;

import java.util.Locale;

/** What became of a sample. */
public enum Admission {
  /** It is in the finest window it belongs to, and so in all. */
  FOLDED,
  /**
   * The finest window it belongs to is forgotten, or its time is before all windows; coarser
   * windows that are not forgotten have counted it.
   */
  LATE,
  /** Its event time is too far ahead of the wall clock; nothing counted it. */
  AHEAD,
  /** It is infinite or no number; nothing counted it. */
  NOT_FINITE;

  /** The word for it in the header of a record that is put aside. */
  public String reason() {
    return name().toLowerCase(Locale.ROOT);
  }
}
