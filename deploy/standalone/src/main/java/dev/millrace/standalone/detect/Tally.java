package dev.millrace.standalone.detect;

/**
 * What became of the rows of one file, or of several.
 *
 * @param rows read, and written
 * @param incidents that opened
 * @param withoutNumber rows whose value is empty or no number: not judged
 * @param notLater rows that are not later than one before them: not judged
 */
public record Tally(long rows, long incidents, long withoutNumber, long notLater) {
  public static final Tally NONE = new Tally(0, 0, 0, 0);

  /** What became of these and those. */
  public Tally plus(Tally other) {
    return new Tally(
        rows + other.rows,
        incidents + other.incidents,
        withoutNumber + other.withoutNumber,
        notLater + other.notLater);
  }
}
