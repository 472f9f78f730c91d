package dev.millrace.producer.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvRowTest {

  static List<Arguments> rows() {
    return List.of(
        arguments("a", List.of("a")),
        arguments("", List.of("")),
        arguments(",", List.of("", "")),
        arguments("a,b,", List.of("a", "b", "")),
        arguments(" a b ,\tc", List.of("a b", "c")),
        arguments("\"a,b\",c", List.of("a,b", "c")),
        arguments("\"\",\"\"\"\"", List.of("", "\"")),
        arguments(" \" a \" ,b", List.of(" a ", "b")),
        arguments("\"a\nb\",\"say \"\"x\"\"\"", List.of("a\nb", "say \"x\"")));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void splits(String text, List<String> values) {
    assertThat(CsvRow.split(text)).isEqualTo(values);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"a", "a\"b", "\"a\"b", "\"a\"\"", "a,\""})
  void refuses(String text) {
    assertThatThrownBy(() -> CsvRow.split(text)).hasMessageStartingWith("not CSV: ");
  }
}
