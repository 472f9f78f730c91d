package dev.millrace.standalone.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecimalsTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0.0, 0",
    "1, 1",
    "-1.5, -1.5",
    "0.1, 0.1",
    "123456.789, 123456.789",
    "0.333333333333, 0.333333333",
    "99.9999999999, 100",
    "123456789012345, 123456789012345",
    "1234567890.123, 1234567890",
    "0.000123456789012, 0.000123456789",
    "1.0E-9, 1.0E-9",
    "-1.0E20, -1.0E20",
    "Infinity, Infinity",
    "1.0E15, 1.0E15"
  })
  void nineDigitsAreEnough(double value, String text) {
    assertThat(text(value)).isEqualTo(text);
  }

  @Test
  void isReadBackAsTheSameToAMillionthOfAPercent() {
    var random = new Random(1);
    for (var i = 0; i < 10_000; i++) {
      var value = random.nextGaussian() * Math.pow(10, random.nextInt(40) - 20);
      assertThat(Double.parseDouble(text(value))).isCloseTo(value, within(1e-8 * Math.abs(value)));
    }
  }

  @Test
  void aScoreHasSixDecimals() {
    var out = new StringBuilder();
    Decimals.append(out, 0.0000004, 6);
    Decimals.append(out.append(' '), 0.12345678, 6);
    Decimals.append(out.append(' '), 0.9999999, 6);
    Decimals.append(out.append(' '), -0.0000001, 6);
    assertThat(out).hasToString("0 0.123457 1 0");
  }

  private static String text(double value) {
    var out = new StringBuilder();
    Decimals.append(out, value);
    return out.toString();
  }
}
