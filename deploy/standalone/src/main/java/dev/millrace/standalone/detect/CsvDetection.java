package dev.millrace.standalone.detect;

import dev.millrace.aggregate.DetectionConfig;
import dev.millrace.aggregate.anomaly.IncidentStep;
import dev.millrace.aggregate.detect.SeriesDetector;
import dev.millrace.failure.MillraceException;
import dev.millrace.producer.source.CsvColumns;
import dev.millrace.schema.insight.IncidentStatus;
import dev.millrace.schema.text.EpochTime;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.time.DateTimeException;
import java.util.List;

/**
 * Judges the one series that a CSV input holds, row by row as it is read, and writes a row for
 * each. Memory does not grow with the input. Used once, by one thread.
 */
public final class CsvDetection {
  private static final int TIME = 0;
  private static final int VALUE = 1;

  private final String name;
  private final SeriesDetector series;
  private long rows;
  private long incidents;
  private long withoutNumber;
  private long notLater;
  private long latest = Long.MIN_VALUE;

  /**
   * Knows nothing yet.
   *
   * @param name of the input, for messages
   */
  public CsvDetection(String name, DetectionConfig config) {
    this.name = name;
    this.series = new SeriesDetector(config.baseline(), config.detector(), this::count);
  }

  /**
   * Reads all of the input.
   *
   * @throws MillraceException that names the input and, unless all of it is unfit, the line
   * @throws IOException if the output cannot be written
   */
  public Tally run(Reader in, String timeColumn, String valueColumn, Writer out)
      throws IOException {
    try (var columns = open(in, timeColumn, valueColumn)) {
      var row = new VerdictRow();
      out.write(VerdictRow.HEADER);
      while (next(columns)) {
        rows++;
        judge(columns, row);
        row.writeTo(out);
      }
    }
    return new Tally(rows, incidents, withoutNumber, notLater);
  }

  private CsvColumns open(Reader in, String timeColumn, String valueColumn) {
    try {
      return CsvColumns.open(in, List.of(timeColumn, valueColumn));
    } catch (MillraceException unfit) {
      throw new MillraceException(unfit.code(), name + ": " + unfit.getMessage(), unfit);
    }
  }

  private boolean next(CsvColumns columns) {
    try {
      return columns.next();
    } catch (MillraceException malformed) {
      throw new MillraceException(
          malformed.code(), at(columns) + ": " + malformed.getMessage(), malformed);
    }
  }

  private void judge(CsvColumns columns, VerdictRow row) {
    var micros = micros(columns);
    var value = number(columns.value(VALUE));
    if (Double.isNaN(value)) {
      withoutNumber++;
    } else if (micros <= latest) {
      notLater++;
    } else {
      latest = micros;
    }
    row.set(columns.value(TIME), columns.value(VALUE), series.judge(micros, value));
  }

  private long micros(CsvColumns columns) {
    try {
      return EpochTime.parseMicros(columns.value(TIME));
    } catch (DateTimeException notATime) {
      throw new MillraceException(
          DetectFailure.UNREADABLE_TIME,
          "%s: '%s' is no time; it must be like 2026-01-31 23:59:59, ISO 8601, or an epoch number"
              .formatted(at(columns), columns.value(TIME)),
          notATime);
    }
  }

  private static double number(String text) {
    if (text.isEmpty()) {
      return Double.NaN;
    }
    try {
      var value = Double.parseDouble(text);
      return Double.isFinite(value) ? value : Double.NaN;
    } catch (NumberFormatException notANumber) {
      return Double.NaN;
    }
  }

  private void count(IncidentStep step) {
    if (step.status() == IncidentStatus.opened) {
      incidents++;
    }
  }

  private String at(CsvColumns columns) {
    return "%s, line %d".formatted(name, columns.line());
  }
}
