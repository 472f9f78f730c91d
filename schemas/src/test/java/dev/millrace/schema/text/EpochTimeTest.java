package dev.millrace.schema.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EpochTimeTest {

  @ParameterizedTest
  @CsvSource({
    "2014-07-01 00:30:00, 1404174600000000",
    "2014-07-01T00:30:00, 1404174600000000",
    "2014-07-01T00:30:00Z, 1404174600000000",
    "2014-07-01T02:30:00.000001+02:00, 1404174600000001",
    "2014-07-01 02:30:00+0200, 1404174600000000",
    "2014-07-01, 1404172800000000",
    "2014-07-01T00:30, 1404174600000000",
    "1969-12-31T23:59:59.999999Z, -1",
    "1404174600, 1404174600000000",
    "1404174600.25, 1404174600250000",
    "1404174600000, 1404174600000000",
    "1404174600000001, 1404174600000001",
    "1404174600000001999, 1404174600000001",
    "-1, -1000000",
    "0, 0",
  })
  void readsTimesAsPeopleWriteThem(String text, long micros) {
    assertThat(EpochTime.parseMicros(text)).isEqualTo(micros);
  }

  @ParameterizedTest
  @ValueSource(strings = {"yesterday", "2014-13-01", "2014-02-30", "12:30", "1e9", "", "NaN"})
  void refusesWhatIsNoTime(String text) {
    assertThatThrownBy(() -> EpochTime.parseMicros(text)).isInstanceOf(DateTimeException.class);
  }
}
