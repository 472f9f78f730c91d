package dev.millrace.aggregate.series;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;
import org.junit.jupiter.api.Test;

class EntryTest {
  private final Entry<long[]> entry = Entry.empty(StateKey.of(new byte[] {1}), new PairCodec());

  /** Two numbers, each a part; none is 0. */
  private static final class PairCodec implements StateCodec<long[]> {

    @Override
    public int parts() {
      return 2;
    }

    @Override
    public int changed(long[] state) {
      return 0b11;
    }

    @Override
    public void encode(long[] state, int part, StateWriter out) {
      out.writeLong(state[part]);
    }

    @Override
    public long[] decode(StateReader[] parts) {
      return new long[] {
        parts[0] == null ? 0 : parts[0].readLong(), parts[1] == null ? 0 : parts[1].readLong()
      };
    }
  }

  private static byte[] encoded(long value) {
    var out = new StateWriter();
    out.writeLong(value);
    return out.toByteArray();
  }

  @Test
  void partsAreTakenOneByOneTheNewestOfEachWins() {
    entry.restore(0, encoded(3));
    entry.restore(1, encoded(5));
    entry.restore(0, encoded(4));
    assertThat(entry.peek().readLong()).isEqualTo(4);
    assertThat(entry.value()).containsExactly(4, 5);
    assertThat(entry.peek()).isNull();
  }

  /** As when another process has had the task meanwhile, and wrote only what it changed. */
  @Test
  void aPartThatIsRestoredOverALiveStateLeavesTheOthersAsTheyAre() {
    entry.restore(0, encoded(3));
    entry.restore(1, encoded(5));
    entry.value()[1] = 6;
    entry.restore(0, encoded(9));
    assertThat(entry.value()).containsExactly(9, 6);
  }

  @Test
  void whatTheChangelogHasIsKnownByPart() {
    assertThat(entry.isKept()).isFalse();
    entry.restore(1, encoded(5));
    assertThat(entry.isKept(0)).isFalse();
    assertThat(entry.isKept(1)).isTrue();
    entry.keep(0);
    entry.restore(1, null);
    assertThat(entry.isKept(0)).isTrue();
    assertThat(entry.isKept()).isTrue();
    entry.restore(0, null);
    assertThat(entry.isKept()).isFalse();
  }
}
