package dev.millrace.aggregate.series;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import org.junit.jupiter.api.Test;

class StateKeyTest {

  @Test
  void aProbeFindsAKeyOfTheSameBytesWhateverItsBufferHoldsBeyond() {
    var buffer = "asset-12345678".getBytes(UTF_8);
    var probe = new StateKey();
    for (var size = 0; size <= buffer.length; size++) {
      probe.set(buffer, size);
      var key = StateKey.of("asset-12345678".substring(0, size).getBytes(UTF_8));
      assertThat(probe).isEqualTo(key).hasSameHashCodeAs(key);
      assertThat(probe.bytes()).isEqualTo(key.bytes());
    }
  }

  @Test
  void keysThatDifferInAByteOrInLengthDiffer() {
    assertThat(StateKey.of(new byte[] {1, 2})).isNotEqualTo(StateKey.of(new byte[] {1, 3}));
    assertThat(StateKey.of(new byte[] {0})).isNotEqualTo(StateKey.of(new byte[] {0, 0}));
  }

  @Test
  void theLowBitsOfKeysThatCountUpAreSpread() {
    var places = new HashSet<Integer>();
    for (var i = 0; i < 1 << 16; i++) {
      var hash = StateKey.of(("default-asset-" + i + "-load").getBytes(UTF_8)).hashCode();
      places.add((hash ^ hash >>> 16) & 0xffff);
    }
    // A random function would hit 63 %.
    assertThat(places.size()).isGreaterThan((int) (0.6 * (1 << 16)));
  }
}
