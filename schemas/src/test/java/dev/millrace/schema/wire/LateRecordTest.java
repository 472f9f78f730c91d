package dev.millrace.schema.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.schema.Tier;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LateRecordTest {

  @Test
  void headersSayWhatIsUncounted() {
    var headers =
        new LateRecord("late", Map.of(Tier.ONE_MINUTE, 1, Tier.FIVE_SECONDS, 2)).headers();

    assertThat(headers).containsEntry(LateRecord.REASON, "late");
    var uncounted = headers.get(LateRecord.UNCOUNTED);
    assertThat(uncounted).isEqualTo("5s=2,1m=1");
    assertThat(LateRecord.uncounted(uncounted, Tier.FIVE_SECONDS)).isEqualTo(2);
    assertThat(LateRecord.uncounted(uncounted, Tier.ONE_MINUTE)).isEqualTo(1);
    assertThat(LateRecord.uncounted(uncounted, Tier.FIVE_MINUTES)).isZero();
    assertThat(LateRecord.uncounted(uncounted, Tier.ONE_HOUR)).isZero();
  }
}
