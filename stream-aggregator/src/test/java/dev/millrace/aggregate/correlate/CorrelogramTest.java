package dev.millrace.aggregate.correlate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CorrelogramTest {
  private static final int[] ALL = IntStream.range(0, 60).toArray();

  private final Correlogram sums = new Correlogram(Resolution.FINE);

  @Test
  void theCorrelationIsPearsonsAtEveryLag() {
    var random = new Random(1);
    var steps = 4_000;
    var values = new double[steps][];
    for (var t = 0; t < steps; t++) {
      var first = random.nextGaussian();
      var before = t < 2 ? 0 : values[t - 2][0];
      values[t] = new double[] {first, 3 * (0.6 * before + 0.8 * random.nextGaussian())};
      sums.add(values[t], ALL);
    }
    for (var lag = -3; lag <= 3; lag++) {
      assertThat(sums.correlation(0, 1, lag))
          .as("lag %d", lag)
          .isCloseTo(pearson(values, lag), within(0.01));
    }
    assertThat(sums.correlation(0, 1, 2)).as("1 follows 0 by 2").isCloseTo(0.6, within(0.03));
    assertThat(sums.samples(0, 1)).isEqualTo(steps - 144 - 3);
  }

  private static double pearson(double[][] values, int lag) {
    double n = 0, x = 0, y = 0, xx = 0, yy = 0, xy = 0;
    for (var t = Math.abs(lag); t < values.length; t++) {
      var a = values[lag > 0 ? t - lag : t][0];
      var b = values[lag < 0 ? t + lag : t][1];
      n++;
      x += a;
      y += b;
      xx += a * a;
      yy += b * b;
      xy += a * b;
    }
    return (xy / n - x * y / n / n)
        / Math.sqrt((xx / n - x * x / n / n) * (yy / n - y * y / n / n));
  }

  /** Bartlett: of n values of two AR(1) series, n (1 - p²) / (1 + p²) are independent. */
  @ParameterizedTest
  @CsvSource({"0.0", "0.8", "0.95"})
  void seriesThatResembleTheirPastSayLess(double phi) {
    var noise = new Noise(phi, 2, 3);
    for (var t = 0; t < 20_000; t++) {
      sums.add(noise.next(), ALL);
    }
    var independent = (1 - phi * phi) / (1 + phi * phi);
    assertThat(sums.effectiveSamples(0, 1) / sums.samples(0, 1))
        .isCloseTo(independent, within(0.15 * independent));
  }

  /**
   * What the sigmas of correlations of independent series are must be sigmas: their spread is 1,
   * however much the series resemble their past, and with old values fading.
   */
  @ParameterizedTest
  @CsvSource({"0.0, 8", "0.8, 2", "0.8, 8", "0.8, 30", "0.95, 8"})
  void ofIndependentSeriesTheSigmasSpreadByOne(double phi, int days) {
    var series = 60;
    var noise = new Noise(phi, series, 4);
    for (var t = 0; t < days * 288; t++) {
      sums.add(noise.next(), ALL);
      if (t % 12 == 0) {
        sums.fade(Math.pow(0.5, 1.0 / 3144));
      }
    }
    var squares = 0.0;
    var pairs = 0;
    for (var high = 1; high < series; high++) {
      for (var low = 0; low < high; low++) {
        var effective = sums.effectiveSamples(low, high);
        squares += Math.pow(Significance.sigmas(sums.correlation(low, high, 1), effective), 2);
        pairs++;
      }
    }
    assertThat(Math.sqrt(squares / pairs)).isBetween(0.9, 1.08);
  }

  /** Flat but for bursts that nearly never coincide: as little as the bursts say. */
  @Test
  void whatSeldomMovesSaysLittle() {
    var random = new Random(5);
    for (var t = 0; t < 8_640; t++) {
      sums.add(
          new double[] {t % 800 == 100 ? 10 : 0, t % 900 == 100 ? 10 : 0, random.nextGaussian()},
          ALL);
    }
    assertThat(sums.samples(0, 1)).isGreaterThan(8_000);
    assertThat(sums.effectiveSamples(0, 1)).isLessThan(60);
  }

  /** The same correlation: of every day, and of eight hours that were once like nothing else. */
  @Test
  void howManyBlocksShowItTellsAnIncidentFromARelationship() {
    var once = new Correlogram(Resolution.FINE);
    var noise = new Noise(0, 4, 10);
    for (var t = 0; t < 20 * 288; t++) {
      var x = noise.next();
      sums.add(new double[] {x[0], 0.4 * x[0] + x[1]}, ALL);
      var raised = t >= 3_000 && t < 3_096 ? 10 : 0;
      once.add(new double[] {x[2] + raised, x[3] + raised}, ALL);
      if (t % 72 == 71) {
        sums.endBlock();
        once.endBlock();
      }
    }
    assertThat(sums.correlation(0, 1, 0)).isBetween(0.3, 0.5);
    assertThat(once.correlation(0, 1, 0)).isBetween(0.15, 0.5);
    assertThat(Significance.sigmas(once.correlation(0, 1, 0), once.effectiveSamples(0, 1)))
        .as("by itself, it would be believed")
        .isGreaterThan(4);
    assertThat(sums.steadiness(0, 1, 0)).isBetween(7.0, Math.sqrt(80));
    assertThat(once.steadiness(0, 1, 0)).isLessThan(2);
  }

  @Test
  void aGapIsNoPair() {
    var noise = new Noise(0, 2, 6);
    for (var t = 0; t < 500; t++) {
      var values = noise.next();
      if (t == 400) {
        values[1] = Double.NaN;
      }
      sums.add(values, ALL);
    }
    assertThat(sums.samples(0, 1)).isEqualTo(500 - 144 - 3 - 4);
  }

  @Test
  void aSeriesThatDoesNotMoveCorrelatesWithNone() {
    for (var t = 0; t < 500; t++) {
      sums.add(new double[] {1, t % 7}, ALL);
    }
    assertThat(sums.correlation(0, 1, 0)).isZero();
    assertThat(sums.effectiveSamples(0, 1)).isZero();
  }

  @Test
  void aSlotThatIsForgottenBeginsAnew() {
    var noise = new Noise(0, 3, 7);
    for (var t = 0; t < 500; t++) {
      sums.add(noise.next(), ALL);
    }
    sums.forget(1);
    assertThat(sums.samples(0, 1)).isZero();
    assertThat(sums.samples(1, 2)).isZero();
    assertThat(sums.samples(0, 2)).isPositive();
    for (var t = 0; t < 200; t++) {
      sums.add(noise.next(), ALL);
    }
    assertThat(sums.samples(0, 1)).isEqualTo(200 - 144 - 3);
  }

  @Test
  void onlyWhatIsComparedCosts() {
    var noise = new Noise(0, 3, 8);
    for (var t = 0; t < 200; t++) {
      sums.add(noise.next(), new int[] {0, 0, 1});
    }
    assertThat(sums.samples(0, 1)).isZero();
    assertThat(sums.samples(0, 2)).isPositive();
  }

  @Test
  void itGoesOnFromWhatWasStored() {
    var noise = new Noise(0.5, 5, 9);
    var stored = new Correlogram(Resolution.FINE);
    for (var t = 0; t < 400; t++) {
      var values = noise.next();
      values[t % 5] = t % 31 == 0 ? Double.NaN : values[t % 5];
      for (var each : List.of(sums, stored)) {
        each.add(values, ALL);
        each.fade(0.99);
        if (t % 72 == 71) {
          each.endBlock();
        }
      }
      stored = copy(stored);
    }
    assertThat(bytes(stored)).isEqualTo(bytes(sums));
  }

  private static Correlogram copy(Correlogram sums) {
    return Correlogram.decode(new StateReader(bytes(sums)), sums.resolution());
  }

  private static byte[] bytes(Correlogram sums) {
    var out = new StateWriter();
    sums.encode(out);
    return out.toByteArray();
  }
}
