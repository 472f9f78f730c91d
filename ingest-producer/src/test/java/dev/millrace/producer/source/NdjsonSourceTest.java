package dev.millrace.producer.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.schema.SchemaFailure;
import org.junit.jupiter.api.Test;

class NdjsonSourceTest extends SourceContractTest {
  private static final String GOOD = "{\"when\":\"2014-07-01\",\"value\":1}\n";

  @Override
  SourceFormat format() {
    return SourceFormat.NDJSON;
  }

  @Override
  String rows(String timeColumn, String... timesAndValues) {
    var text = new StringBuilder();
    for (var i = 0; i < timesAndValues.length; i += 2) {
      text.append(
          "{\"%s\":\"%s\",\"value\":\"%s\"}\n"
              .formatted(timeColumn, timesAndValues[i], timesAndValues[i + 1]));
    }
    return text.toString();
  }

  @Test
  void unknownFieldIsBadAndNamesTheNearest() {
    var lines = read("{\"when\":1404172800,\"valeu\":1}\n" + GOOD, TAXI);

    assertBad(lines.get(0), SchemaFailure.UNKNOWN_FIELD, "did you mean 'value'?");
    assertThat(lines.get(1)).isInstanceOf(Line.Good.class);
  }

  @Test
  void missingFieldIsBad() {
    assertBad(read("{\"value\":1}\n", TAXI).get(0), SchemaFailure.FIELD_REQUIRED, "'timestamp'");
  }

  @Test
  void whatIsNoObjectIsBad() {
    var lines = read("[1]\n{\n{} {}\nnope\n" + GOOD, TAXI);

    assertBad(lines.get(0), SchemaFailure.FIELD_UNREADABLE, "not a JSON object");
    assertBad(lines.get(1), SourceFailure.MALFORMED_LINE, "not a JSON object");
    assertBad(lines.get(2), SourceFailure.MALFORMED_LINE, "not a JSON object");
    assertBad(lines.get(3), SourceFailure.MALFORMED_LINE, "not a JSON object");
    assertThat(lines.get(4)).isInstanceOf(Line.Good.class);
  }

  @Test
  void twoValuesForOneFieldAreBad() {
    var lines =
        read(
            """
            {"when":1404172800,"timestamp":1404172800,"value":1}
            {"when":1404172800,"value":1,"value":2}
            """,
            TAXI);

    assertBad(lines.get(0), SourceFailure.DUPLICATE_COLUMN, "'timestamp'");
    assertBad(lines.get(1), SourceFailure.MALFORMED_LINE, "value");
  }

  @Test
  void epochTimesKeepEveryDigit() {
    var lines =
        read(
            """
            {"when":1404172800.000001,"value":1}
            {"when":1404172800.0,"value":1}
            {"when":1404172800000000,"value":1}
            """,
            TAXI);

    assertThat(lines)
        .extracting(line -> ((Line.Good) line).record().get("timestamp"))
        .containsExactly(TIME + 1, TIME, TIME);
  }
}
