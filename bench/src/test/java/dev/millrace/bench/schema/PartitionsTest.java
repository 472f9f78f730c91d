package dev.millrace.bench.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.bench.schema.AskedTime.Between;
import dev.millrace.bench.schema.AskedTime.Since;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PartitionsTest {
  private static final Instant FIRST = Instant.parse("2014-07-01T00:00:00Z");
  private static final Instant SECOND = Instant.parse("2014-07-02T00:00:00Z");
  private static final Instant THIRD = Instant.parse("2014-07-03T00:00:00Z");
  private static final Instant NOW = Instant.parse("2014-07-02T12:00:00Z");

  private final Partitions partitions =
      new Partitions(
          List.of(
              new Partitions.Partition("hub.one", FIRST, SECOND),
              new Partitions.Partition("hub.two", SECOND, THIRD),
              new Partitions.Partition("hub.rest", null, null)));

  @Test
  void needsThoseThatOverlap() {
    assertThat(partitions.neededFor(new Between(FIRST, SECOND), NOW)).containsExactly("hub.one");
    assertThat(partitions.neededFor(new Between(FIRST, SECOND.plusNanos(1)), NOW))
        .containsExactly("hub.one", "hub.two");
  }

  @Test
  void needsTheDefaultPartitionWhereOthersDoNotHoldAllOfTheTime() {
    assertThat(partitions.neededFor(new Since(Duration.ofHours(1)), NOW))
        .containsExactly("hub.rest", "hub.two");
    assertThat(partitions.neededFor(new Between(SECOND, THIRD.plusNanos(1)), NOW))
        .containsExactly("hub.rest", "hub.two");
    assertThat(partitions.neededFor(new Between(FIRST.minusNanos(1), SECOND), NOW))
        .containsExactly("hub.one", "hub.rest");
  }

  @Test
  void namesWhatWasReadInVain() {
    var read = Set.of("hub.one", "hub.two", "hub.assets");
    assertThat(partitions.unneeded(read, new Between(SECOND, THIRD), NOW))
        .containsExactly("hub.one");
    assertThat(partitions.unneeded(read, new Between(FIRST, THIRD), NOW)).isEmpty();
  }
}
