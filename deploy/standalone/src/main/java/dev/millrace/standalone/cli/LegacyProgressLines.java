package dev.millrace.standalone.cli;

import dev.millrace.sink.legacy.LegacyCounts;
import java.io.PrintWriter;

/** A line every so many batches, so that a person sees that it goes on. One thread. */
final class LegacyProgressLines {
  private static final int BATCHES = 20;

  private final PrintWriter err;
  private long batches;

  LegacyProgressLines(PrintWriter err) {
    this.err = err;
  }

  void add(String source, LegacyCounts soFar) {
    batches++;
    if (batches % BATCHES == 0) {
      err.printf("millrace: %s: %,d read, %,d stored%n", source, soFar.read(), soFar.stored());
      err.flush();
    }
  }
}
