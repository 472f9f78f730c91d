package dev.millrace.aggregate.series;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.aggregate.AggregatorMetrics;
import dev.millrace.aggregate.FakeRegistry;
import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.learn.Tally;
import dev.millrace.aggregate.output.CaseReader;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.insight.InsightRecords;
import dev.millrace.schema.wire.RecordEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.StoreBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** With room for two cases. */
class CaseProcessorTest {
  private static final RecordType STEPS = InsightRecords.ANOMALIES;
  private static final RecordType FEEDBACK = InsightRecords.ANOMALY_FEEDBACK;
  private static final Tally DETECTED = new Tally(1, 0, 0, 0);
  private static final Tally CONFIRMED = new Tally(1, 1, 0, 0);

  private final FakeRegistry registry = new FakeRegistry();
  private final TopologyTestDriver driver = driver();

  @AfterEach
  void close() {
    driver.close();
  }

  @Test
  void ofTooManyCasesOnlyThatTheyWereDetectedIsCounted() {
    for (var id = 0; id < 3; id++) {
      step(id, 0);
      step(id, 1);
    }
    assertThat(counts()).containsExactly(DETECTED, DETECTED, DETECTED);
    feedback(2);
    assertThat(counts()).isEmpty();
    feedback(1);
    assertThat(counts()).containsExactly(DETECTED.negated(), CONFIRMED);
  }

  @Test
  void aCaseIsForgottenAfterFiveWeeksAndMakesRoom() {
    step(0, 0);
    step(1, 0);
    driver.advanceWallClockTime(Duration.ofDays(34));
    step(1, 1);
    driver.advanceWallClockTime(Duration.ofDays(2));
    counts();
    step(2, 0);
    feedback(2);
    assertThat(counts()).containsExactly(DETECTED, DETECTED.negated(), CONFIRMED);
  }

  @Test
  void feedbackThatIsTakenBackBeforeItsIncidentCameLeavesNothing() {
    feedback(0);
    takeBack(0);
    takeBack(0);
    step(1, 0);
    step(2, 0);
    feedback(2);
    assertThat(counts()).last().as("there was room").isEqualTo(CONFIRMED);
  }

  private TopologyTestDriver driver() {
    var bytes = new ByteArrayDeserializer();
    var topology = new Topology();
    topology.addSource("in", bytes, bytes, "in");
    var reader = new CaseReader(List.of());
    topology.addProcessor(
        "cases", () -> new CaseProcessor(STEPS, FEEDBACK, reader, registry, 2), "in");
    StoreBuilder<?> store = CaseProcessor.store(FEEDBACK, AggregatorMetrics.NONE.fold("t"));
    topology.addStateStore(store, "cases");
    topology.addSink(
        "out",
        "out",
        new ByteArraySerializer(),
        (topic, sent) -> ((Sent) sent).isTo(CaseProcessor.COUNTS) ? ((Sent) sent).value() : null,
        "cases");
    var properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
    return new TopologyTestDriver(topology, properties, Instant.EPOCH);
  }

  private List<Tally> counts() {
    var out =
        driver.createOutputTopic("out", new ByteArrayDeserializer(), new ByteArrayDeserializer());
    return out.readValuesToList().stream()
        .filter(Objects::nonNull)
        .map(CaseProcessorTest::tally)
        .toList();
  }

  private static Tally tally(byte[] value) {
    var in = new StateReader(value);
    in.readFixedLong();
    return Tally.decode(in);
  }

  private void step(int id, int revision) {
    var step = new GenericData.Record(STEPS.schema());
    STEPS.schema().getFields().stream()
        .filter(field -> field.schema().getType() == Schema.Type.DOUBLE)
        .forEach(field -> step.put(field.pos(), 1.0));
    step.put("incident_id", id(id));
    step.put("status", symbol(STEPS, "status", "opened"));
    step.put("revision", revision);
    step.put("source_topic", "t");
    step.put("scope_type", "s");
    step.put("series", Map.of());
    step.put("metric_name", "m");
    step.put("time_period", symbol(STEPS, "time_period", "daily"));
    step.put("samples_seen", 1L);
    step.put("severity", symbol(STEPS, "severity", "critical"));
    step.put("anomaly_type", symbol(STEPS, "anomaly_type", "spike"));
    step.put("window_ms", 5_000L);
    step.put("anomalous_windows", 1);
    step.put("detected_at", 10L);
    step.put("updated_at", 20L + revision);
    send(id, CaseProcessor.step(encode(STEPS, step)));
  }

  private void feedback(int id) {
    var feedback = new GenericData.Record(FEEDBACK.schema());
    feedback.put("incident_id", id(id));
    feedback.put("verdict", symbol(FEEDBACK, "verdict", "confirmed"));
    feedback.put("judged_at", 90L);
    send(id, CaseProcessor.feedback(encode(FEEDBACK, feedback)));
  }

  private void takeBack(int id) {
    send(id, CaseProcessor.feedback(null));
  }

  private byte[] encode(RecordType type, GenericRecord record) {
    return new RecordEncoder(type, registry).encode(record);
  }

  private static GenericData.EnumSymbol symbol(RecordType type, String field, String name) {
    return new GenericData.EnumSymbol(type.schema().getField(field).schema(), name);
  }

  private void send(int id, byte[] value) {
    driver
        .createInputTopic("in", new ByteArraySerializer(), new ByteArraySerializer())
        .pipeInput(id(id).getBytes(StandardCharsets.UTF_8), value);
  }

  private static String id(int number) {
    return new UUID(0, number).toString();
  }
}
