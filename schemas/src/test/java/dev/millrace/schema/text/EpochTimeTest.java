package dev.millrace.schema.text;

import static java.time.ZoneOffset.UTC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.Random;
import org.junit.jupiter.api.Test;
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
    "1969-12-31 23:59:59.9999999, -1",
    "2024-02-29 00:00:00.5Z, 1709164800500000",
    "0000-03-01 00:00:00, -62162035200000000",
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
  @ValueSource(
      strings = {
        "yesterday",
        "2014-13-01",
        "2014-02-30",
        "2014-02-30 00:00:00",
        "2014-02-01 24:00:00",
        "2014-02-01 00:60:00",
        "2014-02-01 00:00:60",
        "2014-02-01 00:00:00.1234567890",
        "2014-02-01 00:00:00,5",
        "2014-02-01_00:00:00",
        "12:30",
        "1e9",
        "",
        "Z",
        "NaN"
      })
  void refusesWhatIsNoTime(String text) {
    assertThatThrownBy(() -> EpochTime.parseMicros(text)).isInstanceOf(DateTimeException.class);
  }

  /** With an offset it goes through a formatter, without one it does not. */
  @Test
  void aPlainTimeIsThatOfTheFormatter() {
    var random = new Random(1);
    for (var i = 0; i < 10_000; i++) {
      var seconds = random.nextLong(253_402_300_800L + 62_167_219_200L) - 62_167_219_200L;
      var time = LocalDateTime.ofEpochSecond(seconds, 1 + random.nextInt(999_999_999), UTC);
      assertThat(EpochTime.parseMicros(time.toString()))
          .as(time.toString())
          .isEqualTo(EpochTime.parseMicros(time + "+00:00"));
    }
  }
}
