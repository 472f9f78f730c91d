package dev.millrace.aggregate;

import static dev.millrace.aggregate.ScoredNetwork.MIDNIGHT;
import static dev.millrace.aggregate.ScoredNetwork.path;
import static dev.millrace.aggregate.ScoredNetwork.ping;
import static dev.millrace.aggregate.ScoredNetwork.step;
import static dev.millrace.aggregate.ScoredNetwork.window;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.aggregate.ScoredNetwork.Message;
import dev.millrace.aggregate.series.Restorer;
import dev.millrace.schema.Tier;
import dev.millrace.schema.insight.InsightRecords;
import dev.millrace.schema.wire.MessageKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is in the table in the end depends on what was published and on nothing else: not on the
 * order of topics, nor on when a process ended. Of the moments within an hour, this is said of the
 * last: which earlier ones are published depends on what came within a second.
 */
class ScoreOrderTest {
  private static final Instant NOW = MIDNIGHT.plus(Duration.ofDays(3));
  private static final int HOURS = 28;
  private static final List<String> STORES =
      List.of("entities", "hours", "groups", "members", "all", "all-members");

  @Test
  void anyOrderOfTheTopicsGivesTheSameScores() {
    var inOrder = rows(shuffled(0, true));
    assertThat(inOrder).hasSizeGreaterThan(HOURS * 7);
    assertThat(inOrder.values())
        .as("what would be told apart")
        .anyMatch(row -> row.contains("\"trend_24h\": -"))
        .anyMatch(row -> row.contains("\"active_critical_count\": 2"))
        .anyMatch(row -> row.contains("\"overall_score\": 0.0"));
    for (var seed = 1; seed <= 2; seed++) {
      assertThat(rows(shuffled(seed, false))).as("seed " + seed).isEqualTo(inOrder);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {40, 200, 300})
  void aProcessThatEndsAndIsRestoredGivesTheSameScores(int crash) {
    var messages = shuffled(7, false);
    var published = new ArrayList<GenericRecord>();
    try (var first = new FoldDriver(NOW, Map.of());
        var second = new FoldDriver(NOW, Map.of(), first.registry())) {
      play(first, messages.subList(0, crash), 7);
      published.addAll(first.read(InsightRecords.HEALTH_SCORES));
      STORES.forEach(store -> restore(first, second, "network.health-scores-" + store));
      play(second, messages.subList(crash, messages.size()), 8);
      second.pass(Duration.ofSeconds(10));
      settle(second);
      published.addAll(second.read(InsightRecords.HEALTH_SCORES));
    }
    assertThat(latest(published)).isEqualTo(rows(messages));
  }

  private static void restore(FoldDriver from, FoldDriver to, String store) {
    for (var record : from.readRaw("test-" + store + "-changelog")) {
      Restorer.restore(to.store(store), record.key(), record.value());
    }
  }

  /** Every message; those of one incident, and the pings of one device, in their order. */
  private static List<Message> shuffled(long seed, boolean inOrder) {
    var streams = new ArrayList<List<Message>>();
    for (var device = 0; device < 3; device++) {
      var ip = "10.0.0." + device;
      var site = device < 2 ? 1 : 2;
      var pings = new ArrayList<Message>();
      for (var hour = 0; hour < HOURS; hour++) {
        var values = new Random(device * 1_000L + hour);
        var up = 95 + 5 * values.nextDouble() - (hour == 26 ? 90 : 0);
        streams.add(List.of(window(ip, site, hour, "availability_pct", up)));
        streams.add(List.of(window(ip, site, "p", hour, "error_rate_ppm", values.nextInt(5_000))));
        streams.add(List.of(path(ip, "10.9.9.9", site, hour, "latency_ms", values.nextInt(400))));
        for (var minute = 35; device == 0 && minute < 60; minute += 10) {
          pings.add(ping(ip, site, hour * 60 + minute, hour == 20 ? "down" : "up"));
        }
        if (hour % 5 == device) {
          var id = "i" + hour;
          streams.add(
              List.of(
                  step(id, ip, site, hour * 60 + 20, "opened", "warning"),
                  step(id, ip, site, hour * 60 + 25, "updated", "critical"),
                  step(id, ip, site, hour * 60 + 200, "closed", "critical")));
        }
      }
      streams.add(pings);
    }
    return inOrder
        ? streams.stream().flatMap(List::stream).sorted(ScoreOrderTest::byTime).toList()
        : merged(streams, new Random(seed));
  }

  private static int byTime(Message one, Message other) {
    return Long.compare(micros(one), micros(other));
  }

  private static long micros(Message message) {
    var updated = message.record().getSchema().getField("updated_at");
    var field = updated == null ? message.type().eventTime() : "updated_at";
    return (Long) message.record().get(field);
  }

  private static List<Message> merged(List<List<Message>> streams, Random random) {
    var left = new ArrayList<List<Message>>();
    streams.forEach(stream -> left.add(new ArrayList<>(stream)));
    var merged = new ArrayList<Message>();
    while (!left.isEmpty()) {
      var stream = left.get(random.nextInt(left.size()));
      merged.add(stream.remove(0));
      left.removeIf(List::isEmpty);
    }
    return merged;
  }

  private static Map<String, String> rows(List<Message> messages) {
    try (var driver = new FoldDriver(NOW, Map.of())) {
      play(driver, messages, messages.size());
      settle(driver);
      return latest(driver.read(InsightRecords.HEALTH_SCORES));
    }
  }

  /** Some seconds pass now and then: scores are published of what has come so far. */
  private static void play(FoldDriver driver, List<Message> messages, long seed) {
    var random = new Random(seed);
    for (var message : messages) {
      message.sendTo(driver);
      if (random.nextInt(10) == 0) {
        driver.pass(Duration.ofSeconds(random.nextInt(15)));
      }
    }
  }

  private static void settle(FoldDriver driver) {
    for (var second = 0; second < 60; second++) {
      driver.pass(Duration.ofSeconds(1));
    }
  }

  /** As the table has them: the ends of hours, and the last moment within each. */
  private static Map<String, String> latest(List<GenericRecord> published) {
    var rows = new TreeMap<String, String>();
    var within = new TreeMap<String, Long>();
    for (var score : published) {
      var micros = (Long) score.get("calculated_at");
      var key = MessageKey.text(InsightRecords.HEALTH_SCORES, score) + " ";
      if (Math.floorMod(micros, Tier.ONE_HOUR.micros()) == 0) {
        rows.put(key + micros, score.toString());
      } else {
        var hour = key + "in " + Math.floorDiv(micros, Tier.ONE_HOUR.micros());
        if (within.merge(hour, micros, Math::max).equals(micros)) {
          rows.put(hour, score.toString());
        }
      }
    }
    return rows;
  }
}
