package dev.millrace.producer.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.failure.MillraceException;
import dev.millrace.schema.SchemaFailure;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvSourceTest extends SourceContractTest {
  private static final String GOOD = "2014-07-01,1";

  @Override
  SourceFormat format() {
    return SourceFormat.CSV;
  }

  @Override
  String rows(String timeColumn, String... timesAndValues) {
    var text = new StringBuilder(timeColumn + ",value\n");
    for (var i = 0; i < timesAndValues.length; i += 2) {
      text.append("%s,%s\n".formatted(timesAndValues[i], timesAndValues[i + 1]));
    }
    return text.toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "when,valeu;UNKNOWN_COLUMN;column 'valeu' is no field of hub.samples, did you mean 'value'?",
        "when;MISSING_COLUMN;hub.samples needs a column for value; give it with --set value=…",
        "value;MISSING_COLUMN;the time column 'when' is not in the header",
        "when,value,value;DUPLICATE_COLUMN;two columns are given for field 'value'",
        "when,timestamp,value;DUPLICATE_COLUMN;two columns are given for field 'timestamp'"
      })
  void headerThatDoesNotFitIsToldBeforeTheFirstRow(
      String header, SourceFailure code, String message) {
    assertThatThrownBy(() -> open(header + "\n", TAXI))
        .isInstanceOfSatisfying(
            MillraceException.class, refused -> assertThat(refused.code()).isEqualTo(code))
        .hasMessageContaining(message);
  }

  @Test
  void missingTimeSaysHowToNameIt() {
    var options = new SourceOptions(Optional.empty(), Map.of("asset_id", "a", "metric_name", "m"));

    assertThatThrownBy(() -> open("value\n1\n", options)).hasMessageContaining("--time-column");
  }

  @Test
  void linesOfAnotherWidthAreBad() {
    var lines = read("when,value\n" + GOOD + ",2\n2014-07-01\n" + GOOD + "\n", TAXI);

    assertBad(lines.get(0), SourceFailure.MALFORMED_LINE, "3 values", "2 columns");
    assertBad(lines.get(1), SourceFailure.MALFORMED_LINE, "1 values");
    assertThat(lines.get(2)).isInstanceOf(Line.Good.class);
  }

  @Test
  void emptyRequiredValueIsBad() {
    var lines = read("when,value\n2014-07-01,\n", TAXI);

    assertBad(lines.get(0), SchemaFailure.FIELD_REQUIRED, "'value'");
  }

  @Test
  void quotedValuesHoldCommasAndLineBreaks() {
    var lines =
        read("when,value,tenant_id\n" + GOOD + ",\"a, \"\"b\"\"\nc\"\n" + GOOD + ",d\n", TAXI);

    assertThat(((Line.Good) lines.get(0)).record().get("tenant_id")).hasToString("a, \"b\"\nc");
    assertThat(lines.get(0).number()).isEqualTo(2);
    assertThat(lines.get(1).number()).isEqualTo(4);
  }

  @Test
  void strayQuoteCostsOneLine() {
    var lines = read("when,value\n2014-07-01,\"1\n" + (GOOD + "\n").repeat(300), TAXI);

    assertThat(lines).hasSize(301);
    assertBad(lines.get(0), SourceFailure.MALFORMED_LINE, "not CSV");
    assertThat(lines.subList(1, 301)).allMatch(Line.Good.class::isInstance);
    assertThat(lines.get(300).number()).isEqualTo(302);
  }

  @Test
  void textAfterAClosingQuoteIsBad() {
    var lines = read("when,value\n2014-07-01,\"1\"x\n" + GOOD + "\n", TAXI);

    assertBad(lines.get(0), SourceFailure.MALFORMED_LINE, "not CSV");
    assertThat(lines.get(1)).isInstanceOf(Line.Good.class);
  }

  @Test
  void blankLinesAreSkippedAndCounted() {
    var lines = read("when,value\n\n" + GOOD + "\n", TAXI);

    assertThat(lines).singleElement().extracting(Line::number).isEqualTo(3L);
  }
}
