package dev.millrace.producer.source;

import dev.millrace.failure.MillraceException;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.text.RecordReader;
import java.io.Reader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Records from comma-separated values: the first line names the fields. What is wrong with the
 * header is told when the source is made; what is wrong with a line, at that line.
 */
final class CsvSource implements RecordSource {
  private final TextLines lines;
  private final RecordReader reader;
  private final List<String> fields;
  private final Map<String, String> constants;

  CsvSource(RecordType type, SourceOptions options, Reader input) {
    this.lines = new TextLines(input);
    this.reader = new RecordReader(type.schema());
    this.constants = options.constants();
    try {
      this.fields = header(type, options);
    } catch (MillraceException unfit) {
      lines.close();
      throw unfit;
    }
  }

  private List<String> header(RecordType type, SourceOptions options) {
    var names = new FieldNames(type, options);
    var first = lines.nextQuoted();
    if (first == null) {
      throw new MillraceException(
          SourceFailure.INPUT_EMPTY, "the input is empty; CSV begins with a header line");
    }
    return new CsvHeader(type, options, CsvRow.split(first.text())).fields(names);
  }

  @Override
  public Optional<Line> next() {
    return Optional.ofNullable(lines.nextQuoted()).map(this::line);
  }

  private Line line(TextLines.Numbered line) {
    try {
      return new Line.Good(line.number(), line.text(), reader.fromText(named(line.text())));
    } catch (MillraceException bad) {
      return new Line.Bad(line.number(), line.text(), bad);
    }
  }

  private Map<String, String> named(String text) {
    var values = CsvRow.split(text);
    if (values.size() != fields.size()) {
      throw new MillraceException(
          SourceFailure.MALFORMED_LINE,
          "%d values where the header names %d columns".formatted(values.size(), fields.size()));
    }
    var named = new HashMap<String, String>();
    for (var i = 0; i < values.size(); i++) {
      named.put(fields.get(i), values.get(i));
    }
    named.putAll(constants);
    return named;
  }

  @Override
  public void close() {
    lines.close();
  }
}
