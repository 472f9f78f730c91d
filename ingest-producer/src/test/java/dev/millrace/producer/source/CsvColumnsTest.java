package dev.millrace.producer.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.failure.MillraceException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvColumnsTest {

  @Test
  void readsTheColumnsAskedForWhereverTheyAre() {
    assertThat(read("value,host,when\n1,a,10:00\n\n2,\"b,c\",\"11:00\"\n"))
        .containsExactly("2: 10:00|1", "4: 11:00|2");
  }

  @Test
  void whatARowDoesNotReachIsEmpty() {
    assertThat(read("when,value\n10:00\n11:00,\n12:00,3,4"))
        .containsExactly("2: 10:00|", "3: 11:00|", "4: 12:00|3");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "'';INPUT_EMPTY;the input is empty",
        "when,valeu;MISSING_COLUMN;column 'value' is not in the header, did you mean 'valeu'?",
        "when,value,value;DUPLICATE_COLUMN;two columns are named 'value'",
        "when,\"value;MALFORMED_LINE;a quote is opened and not closed"
      })
  void aHeaderThatDoesNotFitIsToldAtOnce(String header, SourceFailure code, String message) {
    assertThatThrownBy(() -> read(header))
        .isInstanceOfSatisfying(
            MillraceException.class, refused -> assertThat(refused.code()).isEqualTo(code))
        .hasMessageContaining(message);
  }

  @Test
  void aMalformedLineHasItsNumber() {
    try (var columns = open("when,value\n1,2\n1,\"2\n")) {
      assertThat(columns.next()).isTrue();
      assertThatThrownBy(columns::next).hasMessageContaining("not CSV");
      assertThat(columns.line()).isEqualTo(3);
    }
  }

  private static CsvColumns open(String text) {
    return CsvColumns.open(new StringReader(text), List.of("when", "value"));
  }

  private static List<String> read(String text) {
    var rows = new ArrayList<String>();
    try (var columns = open(text)) {
      while (columns.next()) {
        rows.add("%d: %s|%s".formatted(columns.line(), columns.value(0), columns.value(1)));
      }
    }
    return rows;
  }
}
