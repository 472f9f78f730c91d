package dev.millrace.sink.write;

/**
 * Remembers whether straight COPY of late met keys that were taken. After each conflict in a row,
 * twice as many batches go to staging at once, up to {@value #MOST_BATCHES}; then straight COPY is
 * tried again. So a topic of nothing but new keys never pays for staging, and one of nothing but
 * updates pays for a failed COPY once in {@value #MOST_BATCHES} batches. One thread.
 */
final class ConflictMemory {
  static final int MOST_BATCHES = 64;

  private int atOnce = 1;
  private int left;

  /** Whether the next batch should go to staging; counts it. */
  boolean takeStaged() {
    if (left == 0) {
      return false;
    }
    left--;
    return true;
  }

  void conflicted() {
    atOnce = Math.min(2 * atOnce, MOST_BATCHES);
    left = atOnce;
  }

  void copied() {
    atOnce = 1;
  }
}
