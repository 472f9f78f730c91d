package dev.millrace.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.catalog.Fixtures;
import dev.millrace.config.Settings;
import dev.millrace.embedded.junit.DatabaseExtension;
import dev.millrace.embedded.junit.DatabaseFixture;
import dev.millrace.embedded.junit.KafkaExtension;
import dev.millrace.embedded.junit.KafkaFixture;
import dev.millrace.embedded.junit.RegistryExtension;
import dev.millrace.embedded.junit.RegistryFixture;
import dev.millrace.schema.RecordCatalog;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.network.NetworkRecords;
import dev.millrace.schema.topics.TopicCreator;
import dev.millrace.schema.wire.ConfluentSchemaRegistry;
import dev.millrace.schema.wire.RecordEncoder;
import dev.millrace.sink.Database;
import dev.millrace.sink.DatabaseConfig;
import dev.millrace.sink.Sink;
import dev.millrace.sink.SinkConfig;
import dev.millrace.standalone.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An operator finds out what was put aside, mends the table and has it stored. */
@ExtendWith({KafkaExtension.class, DatabaseExtension.class, RegistryExtension.class})
class DlqCommandIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TOO_LONG = "x".repeat(30);

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final KafkaFixture kafka;
  private final DatabaseFixture database;
  private final RegistryFixture registry;
  private final RecordCatalog catalog;
  private final RecordType paths;
  private final RecordType optics;

  DlqCommandIT(KafkaFixture kafka, DatabaseFixture database, RegistryFixture registry) {
    this.kafka = kafka;
    this.database = database;
    this.registry = registry;
    this.catalog =
        new RecordCatalog(List.of(NetworkRecords.PATH_METRICS, NetworkRecords.OPTICAL_METRICS))
            .prefixed(kafka.topicPrefix());
    this.paths = catalog.types().get(0);
    this.optics = catalog.types().get(1);
  }

  @BeforeEach
  void putThreeAside() throws SQLException {
    assertThat(run("migrate", "--database-url", database.jdbcUrl())).isZero();
    try (var admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      new TopicCreator(admin, (short) 1).create(catalog);
    }
    publish();
    try (var pool = Database.open(DatabaseConfig.of(database.jdbcUrl()));
        var sink =
            new Sink(
                catalog,
                SinkConfig.from(
                    Settings.of(
                        Map.of("sink.group_id", group(), "sink.maintain_interval_ms", "0"))),
                new ConfluentSchemaRegistry(registry.url(), Map.of()),
                pool.dataSource(),
                Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      sink.start();
      await()
          .atMost(Duration.ofSeconds(60))
          .until(
              () ->
                  number("SELECT coalesce(sum(records_read), 0) FROM millrace.sink_progress") == 5);
    }
  }

  /** One good record, one that is too long, one with a NUL, and, of each topic, one no Avro. */
  private void publish() {
    var encoder = new RecordEncoder(paths, new ConfluentSchemaRegistry(registry.url(), Map.of()));
    var bytes = new ByteArraySerializer();
    try (var producer =
        new KafkaProducer<>(
            Map.<String, Object>of("bootstrap.servers", kafka.bootstrapServers()), bytes, bytes)) {
      for (var testType : List.of("icmp", TOO_LONG, "a\0b")) {
        var record = Fixtures.full(NetworkRecords.PATH_METRICS);
        record.put("test_type", testType);
        producer.send(
            new ProducerRecord<>(
                paths.topic(), 2, "r1".getBytes(StandardCharsets.UTF_8), encoder.encode(record)));
      }
      producer.send(new ProducerRecord<>(paths.topic(), 2, null, new byte[] {0x1b, 2, 3}));
      producer.send(new ProducerRecord<>(optics.topic(), 0, null, new byte[] {0x1b, 2, 3}));
    }
  }

  @Test
  void listShowMendReplay() throws Exception {
    assertWrongTopicsAreNamed();
    assertThat(dlq("list")).isZero();
    assertThat(out.toString()).containsSubsequence("TEXT_HAS_NUL", "TEXT_TOO_LONG", "UNDECODABLE");
    assertThat(jsonLines("list", "--topic", paths.topic()))
        .extracting(each -> each.get("code").asText() + each.get("waiting") + each.get("letters"))
        .containsExactly("TEXT_HAS_NUL11", "TEXT_TOO_LONG11", "UNDECODABLE11");
    assertShown();

    assertThat(dlq("replay", "--topic", paths.deadLetterTopic())).isEqualTo(CommandErrors.DATA);
    assertThat(out.toString()).contains("0 stored, 3 refused again, 0 not waiting");
    assertThat(err.toString()).contains("TEXT_TOO_LONG 1 times", paths.topic() + "-2@1");

    execute("ALTER TABLE network.path_metrics ALTER test_type TYPE varchar(40)");
    assertThat(dlq("replay", "--dry-run")).isEqualTo(CommandErrors.DATA);
    assertThat(out.toString()).contains("1 would be stored, 2 refused again");
    assertThat(number("SELECT count(*) FROM network.path_metrics")).isEqualTo(1);
    assertThat(dlq("replay", "--code", "TEXT_TOO_LONG")).isZero();
    assertThat(out.toString()).contains(paths.topic() + ": 1 stored, 0 refused again");
    assertThat(dlq("replay")).isEqualTo(CommandErrors.DATA);
    assertThat(number("SELECT count(*) FROM network.path_metrics")).isEqualTo(2);
    assertATopicThatCannotBeReplayedKeepsNoOtherFromIt();

    assertThat(jsonLines("list", "--topic", paths.topic()))
        .extracting(each -> each.get("waiting").asInt() + " " + each.get("replayed"))
        .containsExactly("1 0", "0 1", "1 0");
    assertThat(jsonLines("show", "--topic", paths.topic()))
        .extracting(each -> each.get("state").asText() + each.get("tries"))
        .containsExactly("REPLAYED3", "WAITING3", "WAITING3");
  }

  private void assertShown() throws IOException {
    var first = jsonLines("show", "--topic", paths.topic(), "--offset", "1").get(0);
    assertThat(first.get("partition").asInt()).isEqualTo(2);
    assertThat(first.get("key").asText()).isEqualTo("r1");
    assertThat(first.get("stage").asText()).isEqualTo("TASK_PUT");
    assertThat(first.get("value").get("test_type").asText()).isEqualTo(TOO_LONG);
    var last = jsonLines("show", "--topic", paths.topic(), "--limit", "1").get(0);
    assertThat(last.get("value_hex").asText()).isEqualTo("1b0203");
    assertThat(last.get("value").isNull()).isTrue();

    assertThat(dlq("show", "--topic", paths.topic())).isZero();
    assertThat(out.toString())
        .contains(paths.topic() + "-2@3", "waiting, tried once", "3 bytes: 1b0203")
        .doesNotContain("\u001b", "\0");
  }

  private void assertATopicThatCannotBeReplayedKeepsNoOtherFromIt() throws SQLException {
    execute("ALTER TABLE network.path_metrics RENAME TO away");
    assertThat(dlq("replay")).isEqualTo(CommandErrors.CONFIGURATION);
    assertThat(err.toString())
        .contains("path_metrics", "UNDECODABLE 1 times, as " + optics.topic());
    assertThat(out.toString()).contains(optics.topic() + ": 0 stored, 1 refused again");
    execute("ALTER TABLE network.away RENAME TO path_metrics");
  }

  private void assertWrongTopicsAreNamed() {
    assertThat(dlq("show", "--topic", "things")).isEqualTo(CommandErrors.CONFIGURATION);
    assertThat(err.toString()).contains("no record type for topic 'things'");
    var folded = kafka.topicPrefix() + "hub.samples";
    assertThat(dlq("replay", "--topic", folded)).isEqualTo(CommandErrors.CONFIGURATION);
    assertThat(err.toString()).contains(folded + " fills no table");
  }

  private List<JsonNode> jsonLines(String... arguments) throws IOException {
    var withJson = new ArrayList<>(List.of(arguments));
    withJson.add("--json");
    assertThat(dlq(withJson.toArray(String[]::new))).as(err.toString()).isZero();
    var objects = new ArrayList<JsonNode>();
    for (var line : out.toString().lines().toList()) {
      objects.add(JSON.readTree(line));
    }
    return objects;
  }

  private int dlq(String... arguments) {
    var all = new ArrayList<>(List.of("dlq"));
    all.addAll(List.of(arguments));
    all.addAll(
        List.of(
            "--bootstrap-server", kafka.bootstrapServers(),
            "--schema-registry-url", registry.url(),
            "--database-url", database.jdbcUrl(),
            "--topic-prefix", kafka.topicPrefix(),
            "-D", "sink.group_id=" + group()));
    return run(all.toArray(String[]::new));
  }

  private int run(String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    var line = Main.commandLine();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return line.execute(arguments);
  }

  private String group() {
    return kafka.topicPrefix() + "sink";
  }

  private long number(String sql) throws SQLException {
    try (var connection = DriverManager.getConnection(database.jdbcUrl());
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private void execute(String sql) throws SQLException {
    try (var connection = DriverManager.getConnection(database.jdbcUrl());
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
