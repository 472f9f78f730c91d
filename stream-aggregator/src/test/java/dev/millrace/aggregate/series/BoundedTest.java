package dev.millrace.aggregate.series;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class BoundedTest {
  private static final long START = 1_000_000_000;
  private static final long LISTENED = START + Bounded.LISTEN_MS;

  private final LiveStore<long[]> store = new LiveStore<>("times", new Times(), bytes -> {});
  private Bounded<long[]> bounded = bounded(3);

  @Test
  void aStateIsKeptAsLongAsItSays() {
    keep("a", LISTENED + 1);
    keep("b", LISTENED + 9);
    bounded.lookAround(LISTENED);
    assertThat(store.size()).isEqualTo(2);
    keep("a", LISTENED + 5);
    bounded.lookAround(LISTENED + 4);
    assertThat(store.size()).isEqualTo(2);
    bounded.lookAround(LISTENED + 5);
    assertThat(find("a")).isNull();
    assertThat(find("b")).isNotNull();
  }

  @Test
  void ofTooManyTheOneThatWouldBeForgottenFirstGoes() {
    keep("a", LISTENED + 1);
    keep("b", LISTENED + 2);
    keep("c", LISTENED + 3);
    keep("a", LISTENED + 4);
    keep("d", LISTENED + 5);
    assertThat(store.size()).isEqualTo(3);
    assertThat(find("b")).isNull();
    for (var i = 0; i < 1_000; i++) {
      keep("more " + i, LISTENED + 10 + i);
      assertThat(store.size()).isEqualTo(3);
    }
    assertThat(find("more 997")).isNotNull();
  }

  /** What was published while nobody had the task is still to be read. */
  @Test
  void whatWasRestoredIsKeptUntilTheBacklogMayHaveBeenRead() {
    store.restore(key("a").bytes(), encoded(START - 5_000_000));
    store.restore(key("b").bytes(), encoded(LISTENED + 7));
    bounded = bounded(3);
    bounded.lookAround(LISTENED - 1);
    assertThat(store.size()).isEqualTo(2);
    bounded.lookAround(LISTENED);
    assertThat(store.size()).isEqualTo(1);
    bounded.lookAround(LISTENED + 7);
    assertThat(store.size()).isZero();
  }

  private Bounded<long[]> bounded(int most) {
    return new Bounded<>(store, most, START, state -> state[0]);
  }

  private void keep(String name, long until) {
    var entry = find(name);
    if (entry == null) {
      entry = store.create(key(name), new long[1]);
    }
    entry.value()[0] = until;
    bounded.touched(entry);
  }

  private Entry<long[]> find(String name) {
    return store.find(key(name));
  }

  private static StateKey key(String name) {
    return StateKey.of(name.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] encoded(long time) {
    var out = new StateWriter();
    out.writeFixedLong(time);
    return out.toByteArray();
  }

  private static final class Times implements WholeCodec<long[]> {
    @Override
    public void encode(long[] state, StateWriter out) {
      out.writeFixedLong(state[0]);
    }

    @Override
    public long[] decode(StateReader in) {
      return new long[] {in.readFixedLong()};
    }
  }
}
