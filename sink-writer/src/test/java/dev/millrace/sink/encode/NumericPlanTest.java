package dev.millrace.sink.encode;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.util.ByteConverter;

/** Doubles as binary numeric, read back with the driver's own decoder. */
class NumericPlanTest {
  private static final long SEED = 20_260_101;

  @ParameterizedTest
  @CsvSource({
    "0, 0.00",
    "-0.0, 0.00",
    "0.285, 0.29",
    "-0.285, -0.29",
    "1.005, 1.01",
    "0.004, 0.00",
    "-0.004, 0.00",
    "0.005, 0.01",
    "999999.99, 999999.99",
    "999999.994, 999999.99",
    "10000, 10000.00",
    "123456.78, 123456.78",
    "1e-300, 0.00"
  })
  void roundsHalfAwayFromZeroByTheDecimalItShows(double value, BigDecimal stored) {
    assertThat(decode(Columns.numeric(8, 2), value)).isEqualTo(stored);
  }

  @ParameterizedTest
  @ValueSource(
      doubles = {
        0.1,
        1e22,
        123456789.123456789,
        -5e-324,
        1.7976931348623157e308,
        10000,
        1e-4,
        12345678
      })
  void keepsEveryDigitWithoutAScale(double value) {
    assertThat((BigDecimal) decode(Columns.of("numeric"), value))
        .isEqualByComparingTo(new BigDecimal(Double.toString(value)));
  }

  @Test
  void keepsNaNAndInfinityWhereTheColumnDoes() {
    assertThat(decode(Columns.numeric(8, 2), Double.NaN)).isEqualTo(Double.NaN);
    assertThat(decode(Columns.of("numeric"), Double.NEGATIVE_INFINITY))
        .isEqualTo(Double.NEGATIVE_INFINITY);
  }

  /** The way through a long gives what the way through BigDecimal would. */
  @Test
  void agreesWithBigDecimalOnManyValues() {
    var random = new Random(SEED);
    for (var i = 0; i < 20_000; i++) {
      var scale = random.nextInt(8);
      var value = (random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(12));
      var rounded = Math.rint(value * 1000) / 1000 + 0.0005;
      for (var each : new double[] {value, rounded}) {
        assertThat((BigDecimal) decode(Columns.numeric(20, scale), each))
            .isEqualByComparingTo(
                new BigDecimal(Double.toString(each)).setScale(scale, RoundingMode.HALF_UP));
      }
    }
  }

  private static Number decode(Column column, double value) {
    var out = new CopyBuffer();
    NumericPlan.ofDouble(column).append(value, out);
    return ByteConverter.numeric(out.toByteArray());
  }
}
