package dev.millrace.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.catalog.Fixtures;
import dev.millrace.embedded.junit.DatabaseExtension;
import dev.millrace.embedded.junit.DatabaseFixture;
import dev.millrace.embedded.junit.KafkaExtension;
import dev.millrace.embedded.junit.KafkaFixture;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.network.NetworkRecords;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Who has to stop when sinks come and go, under either of Kafka's group protocols. A partition's
 * epoch counts its claims: where it has not risen, nobody was interrupted.
 */
@ExtendWith({KafkaExtension.class, DatabaseExtension.class})
class RebalanceIT {
  private static final RecordType READINGS = NetworkRecords.PATH_METRICS;
  private static final String TABLE = "network.path_metrics";
  private static final int PARTITIONS = 4;
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private final SinkHarness world;
  private int published;

  RebalanceIT(KafkaFixture kafka, DatabaseFixture database) {
    world = new SinkHarness(kafka, database.jdbcUrl(), READINGS);
  }

  @BeforeEach
  void emptyTable() {
    world.execute("TRUNCATE " + TABLE);
  }

  @AfterEach
  void close() {
    world.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"classic", "consumer"})
  void onlyWhatMustMoveMoves(String protocol) {
    try (var first = start(protocol, Map.of())) {
      publishAndAwait();
      var alone = epochs();
      try (var second = start(protocol, Map.of())) {
        awaitClaims(alone, 2);
        publishAndAwait();
        assertThat(raised(alone, epochs())).hasSize(2);
      }
      awaitClaims(alone, 4);
      publishAndAwait();
      assertThat(epochs().stream().mapToLong(Long::longValue).sum()).isEqualTo(PARTITIONS + 4);
    }
    assertStoredOnce();
  }

  /** The partitions of a static member wait for it; nobody else is disturbed. */
  @ParameterizedTest
  @ValueSource(strings = {"classic", "consumer"})
  void aStaticMemberIsStartedAgainWithoutARebalance(String protocol) {
    var one = Map.of("sink.group_instance_id", "one");
    try (var other = start(protocol, Map.of("sink.group_instance_id", "other"))) {
      publishAndAwait();
      var alone = epochs();
      List<Long> shared;
      List<Integer> ofOne;
      try (var restarted = start(protocol, one)) {
        awaitClaims(alone, 2);
        publishAndAwait();
        shared = epochs();
        ofOne = raised(alone, shared);
      }
      publish();
      var ofOther = PARTITIONS - ofOne.size();
      await().atMost(PATIENCE).until(() -> stored() == published - 100 + 25L * ofOther);
      assertThat(epochs()).isEqualTo(shared);
      try (var restarted = start(protocol, one)) {
        world.awaitRead(READINGS, published);
        assertThat(raised(shared, epochs())).isEqualTo(ofOne);
      }
    }
    assertStoredOnce();
  }

  @ParameterizedTest
  @ValueSource(strings = {"classic", "consumer"})
  void fromOneToThreeAndBackLosesAndDoublesNothing(String protocol) {
    var sinks = new ArrayList<Sink>();
    try {
      for (var size : List.of(1, 2, 3, 2, 1)) {
        var before = epochs();
        if (size > sinks.size()) {
          sinks.add(start(protocol, Map.of()));
        } else {
          sinks.remove(0).close();
        }
        for (var some = 0; some < 3; some++) {
          publish();
        }
        awaitClaims(before, 1);
      }
      world.awaitRead(READINGS, published);
    } finally {
      sinks.forEach(Sink::close);
    }
    assertStoredOnce();
  }

  private Sink start(String protocol, Map<String, String> keys) {
    var kafka =
        protocol.equals("classic")
            ? Map.of("heartbeat.interval.ms", "200")
            : Map.of("group.protocol", protocol);
    var sink = world.sink(keys, kafka);
    sink.start();
    return sink;
  }

  /** Twenty-five records to each partition. */
  private void publish() {
    for (var number = 0; number < 100; number++) {
      var record = Fixtures.full(READINGS);
      record.put("packets_sent", published++);
      world.publish(READINGS, number % PARTITIONS, world.encode(READINGS, record));
    }
    world.flush();
  }

  private void publishAndAwait() {
    publish();
    world.awaitRead(READINGS, published);
  }

  private long stored() {
    return world.progress(READINGS, "records_read");
  }

  private List<Long> epochs() {
    return IntStream.range(0, PARTITIONS)
        .mapToObj(
            partition ->
                world.number(
                    "SELECT coalesce(max(epoch), 0) FROM millrace.sink_progress WHERE sink = '%s' AND partition = %d"
                        .formatted(world.group, partition)))
        .toList();
  }

  private void awaitClaims(List<Long> before, long claims) {
    var sum = before.stream().mapToLong(Long::longValue).sum();
    await()
        .atMost(PATIENCE)
        .until(() -> epochs().stream().mapToLong(Long::longValue).sum() >= sum + claims);
  }

  /** The partitions that were claimed in between. */
  private static List<Integer> raised(List<Long> before, List<Long> after) {
    return IntStream.range(0, PARTITIONS)
        .filter(partition -> after.get(partition) > before.get(partition))
        .boxed()
        .toList();
  }

  private void assertStoredOnce() {
    assertThat(world.number("SELECT count(*) FROM " + TABLE)).isEqualTo(published);
    assertThat(world.number("SELECT count(DISTINCT packets_sent) FROM " + TABLE))
        .isEqualTo(published);
  }
}
