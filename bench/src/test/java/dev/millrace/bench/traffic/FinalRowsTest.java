package dev.millrace.bench.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import org.junit.jupiter.api.Test;

class FinalRowsTest {
  private static final Instant FROM = Instant.parse("2026-03-01T00:00:00Z");

  @Test
  void ofWindowsTheHighestRevisionCounts() {
    var rows = FinalRows.of(new Windows(1, FROM), 20);

    assertThat(rows).hasSize(18);
    assertThat(rows.stream().filter(row -> (int) row.get("revision") == 1)).hasSize(1);
    assertThat(rows.stream().mapToInt(row -> (int) row.get("revision")).sum()).isEqualTo(1);
  }

  @Test
  void eventsAndReadingsAreAllThere() {
    assertThat(FinalRows.of(new Events(1, FROM), 500)).hasSize(500);
    assertThat(FinalRows.of(new Readings(1, FROM), 500)).hasSize(500);
  }

  /** Told in another way: the last word on each asset, if that is not that it is gone. */
  @Test
  void ofAssetsTheLastRecordCountsAndATombstoneRemoves() {
    var assets = new Assets(1, FROM);
    var last = new HashMap<String, Boolean>();
    for (var number = 0; number < 2_000; number++) {
      var message = assets.message(number);
      last.put(message.key(), message.value().isPresent());
    }
    var present = last.values().stream().filter(there -> there).count();

    assertThat(present).isLessThan(last.size());
    assertThat(FinalRows.of(assets, 2_000)).hasSize((int) present);
  }

  @Test
  void aNumberIsAlwaysTheSameRecord() {
    for (var traffic : Traffic.ofEveryKind(9, FROM)) {
      for (var number = 0; number < 50; number++) {
        var one = traffic.message(number);
        var other = traffic.message(number);
        assertThat(one.key()).isEqualTo(other.key());
        assertThat(one.value()).isEqualTo(other.value());
      }
    }
  }
}
