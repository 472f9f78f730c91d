package dev.millrace.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.catalog.Millrace;
import dev.millrace.config.Settings;
import dev.millrace.failure.MillraceException;
import dev.millrace.schema.RecordCatalog;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.SchemaFailure;
import dev.millrace.schema.audio.AudioRecords;
import dev.millrace.schema.audio.MetricWindow;
import dev.millrace.schema.audio.Sample;
import dev.millrace.schema.audio.Tap;
import dev.millrace.schema.audio.Trace;
import dev.millrace.schema.hub.HubRecords;
import dev.millrace.schema.wire.RecordDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class PublisherTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final long NOW_MICROS = NOW.toEpochMilli() * 1_000;

  private final FakeRegistry registry = new FakeRegistry();
  private final CountingMetrics metrics = new CountingMetrics();
  private final MockProducer<byte[], byte[]> kafka =
      new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final Publisher publisher = publisher(Millrace.CATALOG);

  @Test
  void sendsWireFormatWithKeyAndEventTime() {
    publisher.publish(sample(-20.5));

    var message = kafka.history().get(0);
    assertThat(message.topic()).isEqualTo("audio.samples");
    assertThat(message.key()).isEqualTo("St_1".getBytes(StandardCharsets.UTF_8));
    assertThat(message.timestamp()).isEqualTo(NOW.toEpochMilli());
    assertThat(decoded(AudioRecords.SAMPLES, message.value()).get("value")).isEqualTo(-20.5);
  }

  @Test
  void generatedRecordsKeepOptionalTimes() {
    var trace = new Trace();
    trace.setTraceId("t-1");
    trace.setStartedAt(NOW.minusSeconds(60));
    trace.setEndedAt(NOW);

    publisher.publish(trace);

    var stored = decoded(AudioRecords.TRACES, kafka.history().get(0).value());
    assertThat(stored.get("ended_at")).isEqualTo(NOW_MICROS);
  }

  @Test
  void genericRecordsGoTheSameWay() {
    var record = new GenericData.Record(HubRecords.SAMPLES.schema());
    record.put("tenant_id", "a|b");
    record.put("asset_id", "nyc");
    record.put("metric_type", "gauge");
    record.put("metric_name", "taxi");
    record.put("timestamp", NOW_MICROS);
    record.put("value", 1.0);

    publisher.publish(HubRecords.SAMPLES, record);

    var message = kafka.history().get(0);
    assertThat(new String(message.key(), StandardCharsets.UTF_8)).isEqualTo("a\\|b|nyc");
    assertThat(decoded(HubRecords.SAMPLES, message.value())).isEqualTo(record);
  }

  @Test
  void futureEndsWithTheAcknowledgement() {
    var future = publisher.publish(sample(-20));
    assertThat(future).isNotDone();

    kafka.completeNext();

    assertThat(future).isCompletedWithValue(new Published("audio.samples", 0, 0));
  }

  @Test
  void badRecordIsRejectedAndNeverSent() {
    var future = publisher.publish(sample(Double.NaN));

    assertThat(failure(future).code()).isEqualTo(SchemaFailure.FIELD_OUT_OF_RANGE);
    assertThat(failure(future)).hasMessageContaining("'value'").hasMessageContaining("NaN");
    assertThat(kafka.history()).isEmpty();
    assertThat(metrics.rejected).containsExactly("audio.samples FIELD_OUT_OF_RANGE");
  }

  @Test
  void badRecordIsNoSignOfBadHealth() {
    publisher.publish(sample(Double.NaN));

    assertThat(publisher.check().ready()).isTrue();
  }

  @Test
  void recordTheBrokerCouldNotTakeIsHandedBack() {
    var late = publisher.publish(sample(-20));
    var large = publisher.publish(sample(-21));

    kafka.errorNext(new TimeoutException("expired"));
    kafka.errorNext(new RecordTooLargeException("big"));

    assertThat(failure(late).code()).isEqualTo(PublishFailure.BROKER_UNAVAILABLE);
    assertThat(failure(late)).hasMessageContaining("kafka.test:9092");
    assertThat(failure(large).code()).isEqualTo(PublishFailure.RECORD_TOO_LARGE);
  }

  @Test
  void recordTheClientThrowsAtIsHandedBack() {
    kafka.sendException = new KafkaException("broken");

    var future = publisher.publish(sample(-20));

    assertThat(failure(future).code()).isEqualTo(PublishFailure.UNEXPECTED);
    assertThat(publisher.inFlight()).isZero();
  }

  @Test
  void booksBalance() {
    publisher.publish(sample(-20));
    publisher.publish(sample(-21));
    publisher.publish(sample(-22));
    publisher.publish(sample(Double.NEGATIVE_INFINITY));
    kafka.completeNext();
    kafka.errorNext(new TimeoutException("expired"));

    assertThat(metrics.accepted).hasValue(3);
    assertThat(metrics.acknowledged).hasValue(1);
    assertThat(metrics.failed).containsExactly("audio.samples BROKER_UNAVAILABLE");
    assertThat(metrics.rejected).hasSize(1);
    assertThat(publisher.inFlight()).isEqualTo(1);
  }

  @Test
  void healthFollowsTheLatestOutcome() {
    publisher.publish(sample(-20));
    publisher.publish(sample(-21));

    kafka.errorNext(new TimeoutException("expired"));
    assertThat(publisher.check().ready()).isFalse();
    assertThat(publisher.check().reasons().toString()).contains("kafka.test:9092");

    kafka.completeNext();
    assertThat(publisher.check().ready()).isTrue();
  }

  @Test
  void registryThatIsAwayFailsTheRecordAndHealth() {
    registry.goAway();

    var future = publisher.publish(sample(-20));

    assertThat(failure(future).code()).isEqualTo(SchemaFailure.REGISTRY_UNAVAILABLE);
    assertThat(publisher.check().ready()).isFalse();
  }

  @Test
  void computedRecordsHaveNoTopicOfTheirClass() {
    var future = publisher.publish(new MetricWindow());

    assertThat(failure(future).code()).isEqualTo(PublishFailure.UNKNOWN_TYPE);
    assertThat(failure(future)).hasMessageContaining("dev.millrace.schema.audio.MetricWindow");
  }

  @Test
  void recordOfTwoTopicsMustSayWhich() {
    var other =
        RecordType.of("audio.other-samples", Sample.getClassSchema())
            .key("station_key")
            .eventTime("recorded_at")
            .build();
    try (var two = publisher(new RecordCatalog(List.of(AudioRecords.SAMPLES, other)))) {
      var future = two.publish(sample(-20));

      assertThat(failure(future).code()).isEqualTo(PublishFailure.AMBIGUOUS_TYPE);
      assertThat(failure(future)).hasMessageContaining("[audio.samples, audio.other-samples]");
      two.publish(other, sample(-20));
      assertThat(kafka.history()).extracting("topic").containsExactly("audio.other-samples");
    }
  }

  @Test
  void typeOutsideTheCatalogueIsRefused() {
    var future = publisher.publish(AudioRecords.SAMPLES.prefixed("x."), sample(-20));

    assertThat(failure(future).code()).isEqualTo(PublishFailure.UNKNOWN_TYPE);
    assertThat(failure(future)).hasMessageContaining("did you mean 'audio.samples'?");
  }

  @Test
  void recordWithAnotherSchemaIsRefused() {
    var future = publisher.publish(AudioRecords.TRACES, sample(-20));

    assertThat(failure(future).code()).isEqualTo(PublishFailure.WRONG_SCHEMA);
  }

  @Test
  void closedPublisherRefuses() {
    publisher.close(Duration.ZERO);

    var future = publisher.publish(sample(-20));

    assertThat(failure(future).code()).isEqualTo(PublishFailure.PUBLISHER_CLOSED);
    assertThat(publisher.check().ready()).isFalse();
    assertThat(kafka.closed()).isTrue();
  }

  @Test
  void whatTheClientGivesUpAtCloseIsUnsent() {
    var future = publisher.publish(sample(-20));
    publisher.close(Duration.ZERO);

    kafka.errorNext(new KafkaException("Producer is closed forcefully."));

    assertThat(failure(future).code()).isEqualTo(PublishFailure.UNSENT_AT_CLOSE);
  }

  @Test
  void flushSendsAll() {
    var future = publisher.publish(sample(-20));

    publisher.flush();

    assertThat(future).isCompleted();
  }

  @Test
  void sumsItselfUp() {
    publisher.publish(sample(-20));

    assertThat(publisher).hasToString("Publisher(kafka.test:9092, 1 in flight)");
  }

  @Test
  void refusesToOpenWithoutAnAddress() {
    var config = PublisherConfig.from(Settings.of(Map.of()));

    assertThatThrownBy(() -> Publisher.open(Millrace.CATALOG, config, registry, Map.of()))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("--bootstrap-server");
  }

  private Publisher publisher(RecordCatalog catalog) {
    var bounds = PublisherConfig.from(Settings.of(Map.of())).timeBounds();
    var address = "kafka.test:9092";
    return new Publisher(
        new Lanes(catalog, bounds, registry),
        kafka,
        new Ledger(metrics, new KafkaFailures(address)),
        InstantSource.fixed(NOW),
        address);
  }

  private GenericRecord decoded(RecordType type, byte[] value) {
    return new RecordDecoder(type.schema(), registry).decode(value, null);
  }

  private static Sample sample(double value) {
    var sample = new Sample();
    sample.setTraceId("t-1");
    sample.setStationKey("St_1");
    sample.setTap(Tap.PRE);
    sample.setMetricKey("pcm.rms_dbfs");
    sample.setRecordedAt(NOW);
    sample.setValue(value);
    return sample;
  }

  private static MillraceException failure(CompletableFuture<?> future) {
    assertThat(future).isCompletedExceptionally();
    try {
      future.join();
    } catch (CompletionException failed) {
      return (MillraceException) failed.getCause();
    }
    throw new AssertionError("did not fail");
  }
}
