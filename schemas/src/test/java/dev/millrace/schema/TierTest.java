package dev.millrace.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TierTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "4999999, 0",
    "5000000, 5000000",
    "-1, -5000000",
    "-5000000, -5000000",
  })
  void windowsBeginAtMultiplesOfTheirLengthBeforeTheEpochToo(long time, long begin) {
    assertThat(Tier.FIVE_SECONDS.begin(time)).isEqualTo(begin);
    assertThat(Tier.FIVE_SECONDS.end(begin)).isEqualTo(begin + 5_000_000);
  }

  @Test
  void eachTierIsAWholeMultipleOfTheOneBefore() {
    var tiers = List.of(Tier.values());
    for (var i = 1; i < tiers.size(); i++) {
      assertThat(tiers.get(i).micros() % tiers.get(i - 1).micros())
          .as(tiers.get(i).label())
          .isZero();
    }
  }
}
