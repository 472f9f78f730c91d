package dev.millrace.bench.load;

import java.io.PrintWriter;
import java.util.Locale;

/**
 * Says how far a load is: on a terminal one line that is written over, elsewhere a line now and
 * then. Safe for use by several threads.
 */
public final class LoadProgress {
  /** Set by the launcher where stderr is a terminal; the JDK cannot tell alike on all versions. */
  private static final boolean TERMINAL = Boolean.getBoolean("millrace.terminal");

  private static final double SECONDS_BETWEEN = TERMINAL ? 0.5 : 15;

  private final PrintWriter out;
  private final String table;
  private final long expected;
  private final long begin = System.nanoTime();
  private long loaded;
  private double lastShown;

  public LoadProgress(PrintWriter out, GeneratedTable table) {
    this.out = out;
    this.table = table.type().table().orElseThrow().toString();
    this.expected = table.rows();
  }

  synchronized void advance(long rows) {
    loaded += rows;
    if (seconds() - lastShown >= SECONDS_BETWEEN) {
      lastShown = seconds();
      show(TERMINAL ? "\r" : System.lineSeparator());
    }
  }

  /** Ends the line; the last one says the whole. */
  public synchronized void finish() {
    if (TERMINAL) {
      out.print("\r");
    }
    show(System.lineSeparator());
  }

  private void show(String end) {
    out.printf(
        Locale.ROOT,
        "%s: %,d of %,d rows (%d %%), %,.0f rows/s%s",
        table,
        loaded,
        expected,
        expected == 0 ? 100 : 100 * loaded / expected,
        loaded / Math.max(seconds(), 1e-3),
        end);
    out.flush();
  }

  private double seconds() {
    return (System.nanoTime() - begin) / 1e9;
  }
}
