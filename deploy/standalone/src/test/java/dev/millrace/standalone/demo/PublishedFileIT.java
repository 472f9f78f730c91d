package dev.millrace.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import dev.millrace.catalog.Millrace;
import dev.millrace.embedded.junit.DatabaseExtension;
import dev.millrace.embedded.junit.DatabaseFixture;
import dev.millrace.embedded.junit.KafkaExtension;
import dev.millrace.embedded.junit.KafkaFixture;
import dev.millrace.embedded.junit.RegistryExtension;
import dev.millrace.embedded.junit.RegistryFixture;
import dev.millrace.standalone.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.jooq.types.YearToSecond;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A file goes through {@code ./millrace publish}, and its hours come out in the database. */
@ExtendWith({KafkaExtension.class, DatabaseExtension.class, RegistryExtension.class})
class PublishedFileIT {
  private static final Instant BEGIN = Instant.parse("2014-07-01T00:07:30Z");
  private static final int LINES = 2_000;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final Pipeline.Addresses servers;
  private final String prefix;

  @TempDir private Path folder;
  private Pipeline pipeline;

  PublishedFileIT(KafkaFixture kafka, DatabaseFixture database, RegistryFixture registry) {
    servers = new Pipeline.Addresses(kafka.bootstrapServers(), registry.url(), database.jdbcUrl());
    prefix = kafka.topicPrefix();
  }

  @BeforeEach
  void startPipeline() {
    pipeline =
        new Pipeline(
            Millrace.CATALOG.prefixed(prefix),
            servers,
            Map.of("aggregator.idle_timeout_ms", "2000", "sink.group_id", prefix + "sink"),
            folder.resolve("streams"));
  }

  @AfterEach
  void stopPipeline() {
    pipeline.close();
  }

  private static final Duration HOUR = Duration.ofHours(1);

  private record Hour(long count, double min, double max, double sum) {
    static Hour of(DoubleSummaryStatistics values) {
      return new Hour(values.getCount(), values.getMin(), values.getMax(), values.getSum());
    }
  }

  @Test
  void theHoursOfTheFileAreInTheDatabase() throws Exception {
    var lines = new ArrayList<>(List.of("timestamp,value"));
    var expected = new TreeMap<Instant, DoubleSummaryStatistics>();
    var random = new Random(11);
    for (var i = 0; i < LINES; i++) {
      var time = BEGIN.plus(10L * i, ChronoUnit.MINUTES);
      var value = random.nextInt(-5_000, 40_000);
      lines.add(time.toString().replace('T', ' ').replace("Z", "") + "," + value);
      expected
          .computeIfAbsent(time.truncatedTo(ChronoUnit.HOURS), h -> new DoubleSummaryStatistics())
          .accept(value);
    }

    assertThat(publish("nyc", lines)).as(err.toString()).isZero();

    settle();
    var stored = hours(pipeline.database(), "nyc");
    assertThat(stored.keySet()).isEqualTo(expected.keySet());
    expected.forEach((hour, values) -> assertThat(stored.get(hour)).isEqualTo(Hour.of(values)));
  }

  @Test
  void badLinesAreKeptAndTheRestIsFolded() throws Exception {
    var lines =
        List.of(
            "timestamp,value",
            "2014-07-01 00:00:00,1",
            "2014-07-01 00:10:00,many",
            "half past,2",
            "2014-07-01 00:20:00,NaN",
            "2014-07-01 00:30:00,3");

    assertThat(publish("broken", lines, "--dead-letter", folder.resolve("bad.csv").toString()))
        .isEqualTo(1);

    assertThat(err.toString())
        .contains("line 3: ", "'value'", "'many'")
        .contains("line 4: ", "'timestamp'", "'half past'")
        .contains("line 5: ", "NaN");
    assertThat(Files.readAllLines(folder.resolve("bad.csv")))
        .containsExactlyInAnyOrder(lines.get(0), lines.get(2), lines.get(3), lines.get(4));
    settle();
    assertThat(hours(pipeline.database(), "broken").values()).containsExactly(new Hour(2, 1, 3, 4));
  }

  private void settle() throws InterruptedException {
    try (var ledger = pipeline.ledger()) {
      assertThat(new Settling(Duration.ofSeconds(30)).settle(ledger))
          .allSatisfy(topic -> assertThat(topic.holds()).as(topic.toString()).isTrue());
    }
  }

  private int publish(String asset, List<String> lines, String... more) throws IOException {
    var file = Files.write(folder.resolve("in.csv"), lines);
    var arguments =
        new ArrayList<>(
            List.of(
                "publish",
                prefix + "hub.samples",
                "--bootstrap-server",
                servers.bootstrapServer(),
                "--schema-registry-url",
                servers.registryUrl(),
                "--topic-prefix",
                prefix,
                "--format",
                "csv",
                "--time-column",
                "timestamp",
                "--set",
                "asset_id=" + asset,
                "--set",
                "metric_name=taxi"));
    arguments.addAll(List.of(more));
    arguments.add(file.toString());
    return Main.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments.toArray(String[]::new));
  }

  private static Map<Instant, Hour> hours(DSLContext database, String asset) {
    var begin = field(name("timestamp"), OffsetDateTime.class);
    return database
        .select(
            begin,
            field(name("value_count"), Long.class),
            field(name("value_min"), Double.class),
            field(name("value_max"), Double.class),
            field(name("value_sum"), Double.class))
        .from(table(name("hub", "metrics")))
        .where(field(name("asset_id"), String.class).eq(asset))
        .and(field(name("time_bucket"), YearToSecond.class).eq(YearToSecond.valueOf(HOUR)))
        .fetch()
        .stream()
        .collect(
            Collectors.toMap(
                row -> row.value1().toInstant(),
                row -> new Hour(row.value2(), row.value3(), row.value4(), row.value5())));
  }
}
