package dev.millrace.sink.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.failure.MillraceException;
import dev.millrace.schema.wire.DeadLetter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class KafkaDeadLettersTest {
  private static final long STAMP = 1_772_359_200_000L;

  private final MockProducer<byte[], byte[]> producer =
      new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final KafkaDeadLetters letters = new KafkaDeadLetters(producer);

  @Test
  void keepsKeyValueTimeAndHeadersAndAddsTheReason() {
    letters.keep(List.of(aside()));

    var sent = producer.history().get(0);
    assertThat(sent.topic()).isEqualTo("things.dlq");
    assertThat(sent.key()).isEqualTo(bytes("k"));
    assertThat(sent.value()).isEqualTo(bytes("v"));
    assertThat(sent.timestamp()).isEqualTo(STAMP);
    assertThat(sent.headers().lastHeader("own").value()).isEqualTo(bytes("header"));
    assertThat(sent.headers().lastHeader(DeadLetter.OFFSET).value()).isEqualTo(bytes("42"));
    assertThat(sent.headers().lastHeader(DeadLetter.EXCEPTION_CLASS).value())
        .isEqualTo(bytes("ROW_REFUSED"));
    assertThat(producer.flushed()).isTrue();
  }

  @Test
  void cutsAReasonThatWouldMakeTheRecordTooLarge() {
    var reason = new DeadLetter("things", 0, 42, "CODE", "x".repeat(1_000_000), "TASK_PUT");
    letters.keep(List.of(new DeadLetters.Aside(aside().record(), reason)));
    var sent = producer.history().get(0);
    assertThat(sent.headers().lastHeader(DeadLetter.EXCEPTION_MESSAGE).value()).hasSize(2_003);
  }

  @Test
  void aBrokerThatDoesNotAnswerIsAnOutage() {
    producer.sendException = new TimeoutException("not in 20 s");
    assertFails(DeadLetterFailure.NOT_ACKNOWLEDGED);
  }

  @Test
  void aRecordTheBrokerWillNeverTakeIsForAnOperator() {
    producer.sendException = new RecordTooLargeException("too large");
    assertFails(DeadLetterFailure.NOT_ACCEPTED);
  }

  /** Without the topic's metadata each send waits {@code max.block.ms}: one such wait is enough. */
  @Test
  void sendsNoMoreOnceOneIsRefused() {
    var sends = new AtomicInteger();
    var away =
        new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer()) {
          @Override
          public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record) {
            sends.incrementAndGet();
            return CompletableFuture.failedFuture(new TimeoutException("no metadata in 20 s"));
          }
        };
    assertThatThrownBy(() -> new KafkaDeadLetters(away).keep(List.of(aside(), aside(), aside())))
        .isInstanceOf(MillraceException.class);
    assertThat(sends).hasValue(1);
  }

  private void assertFails(DeadLetterFailure code) {
    assertThatThrownBy(() -> letters.keep(List.of(aside())))
        .isInstanceOfSatisfying(
            MillraceException.class, failed -> assertThat(failed.code()).isEqualTo(code))
        .hasMessageContaining("things-3@42")
        .hasMessageContaining("things.dlq");
  }

  private static DeadLetters.Aside aside() {
    var headers = new RecordHeaders().add("own", bytes("header"));
    var record =
        new ConsumerRecord<>(
            "things",
            3,
            42L,
            STAMP,
            TimestampType.CREATE_TIME,
            1,
            1,
            bytes("k"),
            bytes("v"),
            headers,
            Optional.empty());
    return new DeadLetters.Aside(
        record, new DeadLetter("things", 3, 42, "ROW_REFUSED", "no", "TASK_PUT"));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
