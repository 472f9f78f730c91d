package dev.millrace.standalone.detect;

import dev.millrace.aggregate.detect.Verdict;
import java.io.IOException;
import java.io.Writer;

/** One row of the output, as CSV. Reused row by row; not for use by several threads. */
final class VerdictRow {
  static final String HEADER = "timestamp,value,anomaly_score,expected,lower,upper,sigma,type\n";

  private static final int SCORE_DECIMALS = 6;
  private static final String NOTHING_EXPECTED = ",,,,";

  private final StringBuilder text = new StringBuilder();

  /** Fills the row. Time and value are repeated as they were read. */
  void set(String time, String value, Verdict verdict) {
    text.setLength(0);
    append(time);
    text.append(',');
    append(value);
    text.append(',');
    Decimals.append(text, verdict.score(), SCORE_DECIMALS);
    verdict.expectation().ifPresentOrElse(this::append, () -> text.append(NOTHING_EXPECTED));
    text.append(',');
    verdict.type().ifPresent(text::append);
    text.append('\n');
  }

  private void append(Verdict.Expectation expectation) {
    appendNumber(expectation.mean());
    appendNumber(expectation.lower());
    appendNumber(expectation.upper());
    appendNumber(expectation.sigma());
  }

  private void appendNumber(double number) {
    text.append(',');
    Decimals.append(text, number);
  }

  private void append(String value) {
    if (value.indexOf(',') < 0 && value.indexOf('"') < 0 && value.indexOf('\n') < 0) {
      text.append(value);
    } else {
      text.append('"').append(value.replace("\"", "\"\"")).append('"');
    }
  }

  void writeTo(Writer out) throws IOException {
    out.append(text);
  }
}
