package dev.millrace.producer.source;

import dev.millrace.failure.MillraceException;
import dev.millrace.schema.Nearest;
import java.io.Reader;
import java.util.List;

/**
 * The columns that matter of comma-separated values whose first line names them, row by row, as
 * text. Other columns are passed over, as are blank lines. What is wrong with the header is told
 * when it is opened; what is wrong with a line, at that line. Not for use by several threads.
 */
public final class CsvColumns implements AutoCloseable {
  private final TextLines lines;
  private final int[] places;
  private List<String> row = List.of();
  private long line;

  private CsvColumns(TextLines lines, List<String> names) {
    this.lines = lines;
    this.places = places(names);
  }

  /**
   * Reads the header; closes {@code input} with this, or when it fails.
   *
   * @param names the columns that matter
   * @throws MillraceException if the input is empty, or has no such column, or two of that name
   */
  public static CsvColumns open(Reader input, List<String> names) {
    var lines = new TextLines(input);
    try {
      return new CsvColumns(lines, names);
    } catch (MillraceException unfit) {
      lines.close();
      throw unfit;
    }
  }

  private int[] places(List<String> names) {
    var header = lines.nextQuoted();
    if (header == null) {
      throw new MillraceException(
          SourceFailure.INPUT_EMPTY, "the input is empty; CSV begins with a header line");
    }
    var columns = CsvRow.split(header.text());
    return names.stream().mapToInt(name -> place(name, columns)).toArray();
  }

  private static int place(String name, List<String> columns) {
    var place = columns.indexOf(name);
    if (place < 0) {
      throw new MillraceException(
          SourceFailure.MISSING_COLUMN,
          "column '%s' is not in the header%s; the columns are %s"
              .formatted(name, Nearest.suggestion(name, columns), columns));
    }
    if (columns.lastIndexOf(name) != place) {
      throw new MillraceException(
          SourceFailure.DUPLICATE_COLUMN,
          "two columns are named '%s'; rename one of %s".formatted(name, columns));
    }
    return place;
  }

  /**
   * Goes to the next row.
   *
   * @return whether there is one
   * @throws MillraceException {@link SourceFailure#MALFORMED_LINE}
   */
  public boolean next() {
    var next = lines.nextQuoted();
    if (next == null) {
      return false;
    }
    line = next.number();
    row = CsvRow.split(next.text());
    return true;
  }

  /** Number of the line that the row, or the one that is malformed, begins with; from 1. */
  public long line() {
    return line;
  }

  /**
   * A value of the row, without quotes or blanks around it; empty where the row ends before it.
   *
   * @param index of the column among the names that it was opened with
   */
  public String value(int index) {
    var place = places[index];
    return place < row.size() ? row.get(place) : "";
  }

  @Override
  public void close() {
    lines.close();
  }
}
