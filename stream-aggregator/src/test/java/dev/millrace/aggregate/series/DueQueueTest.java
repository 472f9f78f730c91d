package dev.millrace.aggregate.series;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class DueQueueTest {
  private final DueQueue<String> queue = new DueQueue<>();
  private final Entry<String> first = entry("a");
  private final Entry<String> second = entry("b");

  @Test
  void givesWhatIsDueByTimeAndOnce() {
    queue.schedule(first, 20);
    queue.schedule(second, 10);
    assertThat(queue.poll(9)).isNull();
    assertThat(queue.poll(30)).isSameAs(second);
    assertThat(queue.poll(30)).isSameAs(first);
    assertThat(queue.poll(30)).isNull();
  }

  @Test
  void statesOfOneTimeAreKeptApart() {
    queue.schedule(first, 10);
    queue.schedule(second, 10);
    assertThat(queue.poll(10)).isSameAs(first);
    assertThat(queue.poll(10)).isSameAs(second);
  }

  @Test
  void aTimeComesNearerAndIsNotPutOff() {
    queue.schedule(first, 20);
    queue.schedule(first, 10);
    queue.schedule(first, 30);
    assertThat(queue.poll(10)).isSameAs(first);
    assertThat(queue.poll(30)).isNull();
  }

  @Test
  void aStateThatIsRemovedIsNotGiven() {
    queue.schedule(first, 10);
    first.remove();
    assertThat(queue.poll(10)).isNull();
  }

  @Test
  void aSeriesThatSpeaksOnceInAWhileHasOnePlaceNotOneForEachTime() {
    for (var now = 0; now < 1_000; now += 10) {
      queue.schedule(first, now + 5);
      assertThat(queue.poll(now + 5)).isSameAs(first);
      queue.schedule(first, now + 1_000_000);
    }
    assertThat(queue.size()).isEqualTo(1);
  }

  private static Entry<String> entry(String key) {
    return Entry.live(StateKey.of(key.getBytes(StandardCharsets.UTF_8)), null, "");
  }
}
