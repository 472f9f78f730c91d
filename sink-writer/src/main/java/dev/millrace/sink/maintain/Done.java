package dev.millrace.sink.maintain;

/**
 * A task that was done, or would be.
 *
 * @param rows how many rows were moved or deleted; 0 where {@link Step#countsRows} says no
 */
public record Done(Task task, long rows) {

  @Override
  public String toString() {
    var text = task.toString();
    return task.step().countsRows() ? "%s: %d rows".formatted(text, rows) : text;
  }
}
