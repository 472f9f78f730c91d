package dev.millrace.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.schema.hub.HubRecords;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.common.serialization.LongDeserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.EmitStrategy;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.TimeWindows;
import org.apache.kafka.streams.state.WindowStore;
import org.junit.jupiter.api.Test;

/**
 * Why this exists: an application that catches up reads hours of event time in seconds. The DSL's
 * emit-on-close looks for closed windows once a second of the wall clock, and its stores forget by
 * event time: at a thousand times the pace, windows are forgotten before they are looked for. Here
 * a window is published by the sample that closes it, so the pace does not matter.
 */
class CatchUpTest {
  private static final Instant NOW = Instant.parse("2024-02-29T10:00:00Z");
  private static final int SERIES = 2;
  private static final int WINDOW_SECONDS = 5;
  private static final int SECONDS = 3_600;

  /** The windows that are closed by what is sent; grace is 2 s in both. */
  private static final int WINDOWS = SERIES * (SECONDS / WINDOW_SECONDS - 1);

  private static final Duration SECOND_AT_THOUSANDFOLD = Duration.ofMillis(1);
  private static final Instant BEGIN = NOW.minusSeconds(SECONDS);

  /** A window by its series and its begin in seconds. */
  private record Place(String series, long begin) {}

  @Test
  void everyWindowIsPublishedOnceAtAThousandTimesThePaceOfTheWallClock() {
    try (var driver = new FoldDriver(NOW, Map.of("aggregator.grace_ms", "2000"))) {
      for (var second = 0; second < SECONDS; second++) {
        for (var series = 0; series < SERIES; series++) {
          driver.send(HubRecords.SAMPLES, HubSample.of("s" + series, BEGIN.plusSeconds(second), 1));
        }
        driver.pass(SECOND_AT_THOUSANDFOLD);
      }
      var windows = driver.read(HubRecords.WINDOWS_5S);
      assertThat(windows).hasSize(WINDOWS).allMatch(w -> w.get("value_count").equals(5L));
      var places = new HashSet<Place>();
      windows.forEach(
          w -> places.add(new Place(w.get("asset_id").toString(), (long) w.get("timestamp"))));
      assertThat(places).hasSize(WINDOWS);
    }
  }

  @Test
  void emitOnCloseLosesNearlyAllAtThatPace() {
    assertThat(emittedOnClose(SECOND_AT_THOUSANDFOLD).size()).isLessThan(WINDOWS / 2);
  }

  @Test
  void emitOnCloseHasThemAllAtThePaceOfTheWallClock() {
    assertThat(emittedOnClose(Duration.ofSeconds(1))).hasSize(WINDOWS);
  }

  private static Set<Place> emittedOnClose(Duration pace) {
    var text = new StringSerializer();
    var emitted = new HashSet<Place>();
    try (var driver = emitOnClose()) {
      var in = driver.createInputTopic("in", text, text);
      for (var second = 0; second < SECONDS; second++) {
        for (var series = 0; series < SERIES; series++) {
          in.pipeInput("s" + series, "", BEGIN.plusSeconds(second));
        }
        driver.advanceWallClockTime(pace);
      }
      driver
          .createOutputTopic("out", new StringDeserializer(), new LongDeserializer())
          .readKeyValuesToList()
          .forEach(each -> emitted.add(new Place(each.key, each.value)));
    }
    return emitted;
  }

  private static TopologyTestDriver emitOnClose() {
    var text = Serdes.String();
    var size = Duration.ofSeconds(WINDOW_SECONDS);
    var windows = TimeWindows.ofSizeAndGrace(size, Duration.ofSeconds(2));
    // The record cache holds windows until a commit; without it, the loss is the same every time.
    var counts = Materialized.<String, Long, WindowStore<Bytes, byte[]>>with(text, Serdes.Long());
    var builder = new StreamsBuilder();
    builder.stream("in", Consumed.with(text, text))
        .groupByKey()
        .windowedBy(windows)
        .emitStrategy(EmitStrategy.onWindowClose())
        .count(counts.withCachingDisabled())
        .toStream()
        .map((window, count) -> KeyValue.pair(window.key(), window.window().start()))
        .to("out", Produced.with(text, Serdes.Long()));
    var properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
    properties.put(StreamsConfig.STATE_DIR_CONFIG, FoldDriver.STATE_DIRECTORY);
    // What it is outside the test driver, which would look for closed windows at every record.
    properties.put("__emit.interval.ms.kstreams.windowed.aggregation__", 1_000L);
    return new TopologyTestDriver(builder.build(), properties, NOW);
  }
}
