package dev.millrace.aggregate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.schema.RecordType;
import dev.millrace.schema.hub.HubRecords;
import dev.millrace.schema.network.NetworkRecords;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Late samples at every tier, and the ends of days. Lateness is a minute, grace two seconds. */
class TierTimesTest {
  private static final Instant NOW = Instant.parse("2024-02-29T10:00:00Z");
  private static final List<RecordType> TIERS =
      List.of(
          HubRecords.WINDOWS_5S,
          HubRecords.WINDOWS_1M,
          HubRecords.WINDOWS_5M,
          HubRecords.WINDOWS_1H,
          HubRecords.WINDOWS_1D);

  /** Event time runs ahead of a wall clock that stands still, so that nothing falls silent. */
  private final FoldDriver driver =
      new FoldDriver(NOW, Map.of("aggregator.ahead_ms", Long.toString(400L * 86_400_000)));

  @AfterEach
  void close() {
    driver.close();
  }

  @ParameterizedTest
  @CsvSource({
    "2024-02-29T10:02:00Z, 2024-02-29T10:01:02Z, ''",
    "2024-02-29T10:02:05Z, 2024-02-29T10:01:02Z, 5s=1",
    "2024-02-29T10:07:00Z, 2024-02-29T10:05:30Z, '5s=1,1m=1'",
    "2024-02-29T10:11:00Z, 2024-02-29T10:08:00Z, '5s=1,1m=1,5m=1'",
    "2024-02-29T11:01:00Z, 2024-02-29T10:30:00Z, '5s=1,1m=1,5m=1,1h=1'",
    "2024-03-01T00:01:00Z, 2024-02-29T10:30:00Z, '5s=1,1m=1,5m=1,1h=1,1d=1'",
  })
  void aLateSampleIsCountedByTheTiersThatHaveNotForgottenIts(
      Instant newest, Instant late, String uncounted) {
    send(late, 1);
    send(newest, 1);
    send(late, 5);
    send(Instant.parse("2024-03-03T00:00:00Z"), 1);
    for (var tier : TIERS) {
      var label = tier.topic().substring(tier.topic().lastIndexOf('.') + 1);
      var counted = !uncounted.contains(label + "=");
      assertThat(latestOf(tier, late).get("value_max"))
          .as("largest of the window of %s", label)
          .isEqualTo(counted ? 5.0 : 1.0);
    }
    var aside = driver.readRaw(HubRecords.SAMPLES.lateTopic());
    if (uncounted.isEmpty()) {
      assertThat(aside).isEmpty();
    } else {
      assertThat(aside).hasSize(1);
      var header = aside.get(0).headers().lastHeader("millrace.uncounted").value();
      assertThat(new String(header, UTF_8)).isEqualTo(uncounted);
    }
  }

  /** The window that holds a time, as it was last published. */
  private GenericRecord latestOf(RecordType tier, Instant time) {
    var latest = new HashMap<Long, GenericRecord>();
    driver.read(tier).forEach(window -> latest.put((Long) window.get("timestamp"), window));
    return latest.values().stream()
        .filter(window -> (Long) window.get("timestamp") <= HubSample.micros(time))
        .filter(
            window ->
                HubSample.micros(time)
                    < (Long) window.get("timestamp") + (Long) window.get("time_bucket"))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "2024-02-28, 2024-02-29",
    "2024-02-29, 2024-03-01",
    "2023-02-28, 2023-03-01",
    "2000-02-29, 2000-03-01",
    "2023-12-31, 2024-01-01",
  })
  void aDayEndsAtMidnightOnLeapDaysToo(LocalDate day, LocalDate next) {
    var midnight = Instant.parse(next + "T00:00:00Z");
    send(Instant.parse(day + "T00:00:00Z"), 1);
    send(midnight.minusNanos(1_000), 2);
    send(midnight, 4);
    send(midnight.plus(Duration.ofDays(2)), 8);
    assertThat(driver.read(HubRecords.WINDOWS_1D))
        .extracting(window -> window.get("timestamp") + " " + window.get("value_sum"))
        .containsExactly(
            day.toEpochDay() * 86_400_000_000L + " 3.0",
            next.toEpochDay() * 86_400_000_000L + " 4.0");
  }

  @Test
  void theDateOfADayIsThatOfItsBegin() {
    var reading = new GenericData.Record(NetworkRecords.PATH_READINGS.schema());
    reading.put("source_ip", "10.0.0.1");
    reading.put("destination_ip", "10.0.0.2");
    reading.put("latency_ms", 3.5);
    for (var time : List.of("2024-02-29T23:59:59Z", "2024-03-02T00:00:00Z")) {
      reading.put("recorded_at", HubSample.micros(Instant.parse(time)));
      driver.send(NetworkRecords.PATH_READINGS, reading);
    }
    assertThat(driver.read(NetworkRecords.WINDOWS_1D))
        .extracting(window -> window.get("stat_date"))
        .containsExactly(Math.toIntExact(LocalDate.of(2024, 2, 29).toEpochDay()));
  }

  @Test
  void timesBeforeTheEpochHaveTheirDay() {
    send(Instant.parse("1969-12-31T23:59:59Z"), 1);
    send(Instant.parse("1970-01-01T00:00:00Z"), 2);
    send(Instant.parse("1970-01-03T00:00:00Z"), 4);
    assertThat(driver.read(HubRecords.WINDOWS_1D))
        .extracting(window -> window.get("timestamp") + " " + window.get("value_sum"))
        .containsExactly("-86400000000 1.0", "0 2.0");
  }

  private void send(Instant time, double value) {
    driver.send(HubRecords.SAMPLES, HubSample.of("a", time, value));
  }
}
