package dev.millrace.producer.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.failure.FailureCode;
import dev.millrace.failure.MillraceException;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.SchemaFailure;
import dev.millrace.schema.hub.HubRecords;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every source of text keeps, whatever its format. */
abstract class SourceContractTest {
  static final RecordType TYPE = HubRecords.SAMPLES;
  static final long TIME = 1_404_172_800_000_000L;
  static final SourceOptions TAXI =
      new SourceOptions(Optional.of("when"), Map.of("asset_id", "nyc", "metric_name", "taxi"));

  abstract SourceFormat format();

  /** An input of one row for each pair of time and value. */
  abstract String rows(String timeColumn, String... timesAndValues);

  @Test
  void columnsTimeAndConstantsMakeARecord() {
    var lines = read(rows("when", "2014-07-01 00:00:00", "10844"), TAXI);

    var record = ((Line.Good) lines.get(0)).record();
    assertThat(record.get("timestamp")).isEqualTo(TIME);
    assertThat(record.get("value")).isEqualTo(10_844.0);
    assertThat(record.get("asset_id")).hasToString("nyc");
    assertThat(record.get("tenant_id")).hasToString("default");
    assertThat(record.get("dimensions")).isNull();
  }

  @Test
  void badValuesAreReportedWithTheirLineAndStopNothing() {
    var lines = read(rows("when", "2014-07-01", "1", "yesterday", "2", "2014-07-01", "many"), TAXI);

    assertThat(lines).hasSize(3);
    assertThat(lines.get(0)).isInstanceOf(Line.Good.class);
    assertBad(lines.get(1), SchemaFailure.FIELD_UNREADABLE, "'timestamp'", "'yesterday'");
    assertBad(lines.get(2), SchemaFailure.FIELD_UNREADABLE, "'value'", "'many'");
    assertThat(lines.get(2).number()).isEqualTo(lines.get(0).number() + 2);
    assertThat(lines.get(2).raw()).contains("many");
  }

  @Test
  void constantsWinOverTheInput() {
    var options =
        new SourceOptions(
            Optional.of("when"), Map.of("asset_id", "a", "metric_name", "m", "value", "5"));

    var record = ((Line.Good) read(rows("when", "2014-07-01", "1"), options).get(0)).record();

    assertThat(record.get("value")).isEqualTo(5.0);
  }

  @Test
  void mapConstantsAreJson() {
    var options =
        new SourceOptions(
            Optional.of("when"),
            Map.of("asset_id", "a", "metric_name", "m", "dimensions", "{\"city\":\"nyc\"}"));

    var record = ((Line.Good) read(rows("when", "2014-07-01", "1"), options).get(0)).record();

    assertThat(record.get("dimensions")).isEqualTo(Map.of("city", "nyc"));
  }

  @Test
  void unknownConstantIsToldAtOnce() {
    var options = new SourceOptions(Optional.empty(), Map.of("assetid", "a"));

    assertThatThrownBy(() -> open(rows("timestamp", "2014-07-01", "1"), options))
        .hasMessageContaining("'assetid', did you mean 'asset_id'?");
  }

  @Test
  void unreadableConstantIsToldAtOnce() {
    var options = new SourceOptions(Optional.empty(), Map.of("value", "much"));

    assertThatThrownBy(() -> open(rows("timestamp", "2014-07-01", "1"), options))
        .hasMessageContaining("'value'")
        .hasMessageContaining("'much'");
  }

  @Test
  void emptyInputIsRefused() {
    for (var empty : List.of("", "\n\n", " \n")) {
      assertThatThrownBy(() -> open(empty, TAXI))
          .isInstanceOfSatisfying(
              MillraceException.class,
              refused -> assertThat(refused.code()).isEqualTo(SourceFailure.INPUT_EMPTY))
          .hasMessageContaining("empty");
    }
  }

  @Test
  void byteOrderMarkAndWindowsLineEndsAreNoMatter() {
    var text = "\uFEFF" + rows("when", "2014-07-01", "1").replace("\n", "\r\n");

    assertThat(read(text, TAXI)).singleElement().isInstanceOf(Line.Good.class);
  }

  @Test
  void endStaysTheEnd() {
    var source = open(rows("when", "2014-07-01", "1"), TAXI);

    assertThat(source.next()).isPresent();
    assertThat(source.next()).isEmpty();
    assertThat(source.next()).isEmpty();
  }

  @Test
  void inputThatBreaksOffIsReported() {
    var source = format().open(TYPE, TAXI, new BreakingReader(rows("when", "2014-07-01", "1")));

    assertThat(source.next()).isPresent();
    assertThatThrownBy(source::next)
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("the disk is gone");
  }

  @Test
  void closesItsInputAlsoWhenItFails() {
    var closed = new ArrayList<String>();
    var input =
        new StringReader("") {
          @Override
          public void close() {
            closed.add("closed");
            super.close();
          }
        };

    assertThatThrownBy(() -> format().open(TYPE, TAXI, input));
    assertThat(closed).isNotEmpty();
  }

  RecordSource open(String text, SourceOptions options) {
    return format().open(TYPE, options, new StringReader(text));
  }

  List<Line> read(String text, SourceOptions options) {
    var lines = new ArrayList<Line>();
    try (var source = open(text, options)) {
      for (var line = source.next(); line.isPresent(); line = source.next()) {
        lines.add(line.get());
      }
    }
    return lines;
  }

  static void assertBad(Line line, FailureCode code, String... words) {
    var failure = ((Line.Bad) line).failure();
    assertThat(failure.code()).isEqualTo(code);
    assertThat(failure.getMessage()).contains(words);
  }

  /** Gives its text, then fails. */
  private static final class BreakingReader extends Reader {
    private final StringReader text;

    BreakingReader(String text) {
      this.text = new StringReader(text);
    }

    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
      var read = text.read(buffer, offset, length);
      if (read < 0) {
        throw new IOException("the disk is gone");
      }
      return read;
    }

    @Override
    public void close() {
      text.close();
    }
  }
}
