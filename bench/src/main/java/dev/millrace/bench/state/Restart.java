package dev.millrace.bench.state;

import java.util.Locale;

/**
 * A process that was killed, and started again, with all state to be read back.
 *
 * @param seconds from its start until it ran
 * @param restoringSeconds of these, from the first record of a changelog on
 * @param records read back
 * @param bytes of their keys and values
 */
record Restart(double seconds, double restoringSeconds, long records, long bytes) {

  static Restart of(StateProcess process) {
    return new Restart(
        process.startSeconds(),
        process.restoringSeconds(),
        process.ask(StateProcess.Question.RESTORED_RECORDS),
        process.ask(StateProcess.Question.RESTORED_BYTES));
  }

  double megabytes() {
    return bytes / 1e6;
  }

  double megabytesASecond() {
    return megabytes() / restoringSeconds;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "running after %.2f s, %.2f s of them restoring %,d records of %.1f MB",
        seconds,
        restoringSeconds,
        records,
        megabytes());
  }
}
