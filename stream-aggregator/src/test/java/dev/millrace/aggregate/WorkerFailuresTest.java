package dev.millrace.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.catalog.Millrace;
import dev.millrace.failure.MillraceException;
import dev.millrace.schema.SchemaFailure;
import java.time.Duration;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.junit.jupiter.api.Test;

class WorkerFailuresTest {
  private final WorkerFailures failures = new WorkerFailures(Millrace.CATALOG, Duration.ZERO);

  @Test
  void anOutageIsWaitedFor() {
    var away = new MillraceException(SchemaFailure.REGISTRY_UNAVAILABLE, "registry away");
    assertThat(failures.handle(new StreamsException(away)))
        .isEqualTo(StreamThreadExceptionResponse.REPLACE_THREAD);
    assertThat(failures.waiting()).hasValueSatisfying(r -> assertThat(r).contains("registry away"));
    assertThat(failures.fatal()).isEmpty();
    failures.recovered();
    assertThat(failures.waiting()).isEmpty();
  }

  @Test
  void aBrokerThatDoesNotAnswerIsAnOutage() {
    assertThat(failures.handle(new StreamsException(new TimeoutException("no answer"))))
        .isEqualTo(StreamThreadExceptionResponse.REPLACE_THREAD);
  }

  @Test
  void aMistakeInTheConfigurationEndsTheClientAndSaysWhy() {
    var unfit = new MillraceException(AggregatorFailure.LAYOUT_UNFIT, "field x");
    assertThat(failures.handle(new StreamsException(unfit)))
        .isEqualTo(StreamThreadExceptionResponse.SHUTDOWN_CLIENT);
    assertThat(failures.fatal()).hasValue("LAYOUT_UNFIT: field x");
  }

  @Test
  void aMissingTopicIsNamedWithTheRemedy() {
    assertThat(failures.handle(new MissingSourceTopicException("gone")))
        .isEqualTo(StreamThreadExceptionResponse.SHUTDOWN_CLIENT);
    assertThat(failures.fatal().orElseThrow()).contains("hub.samples").contains("topics --create");
  }

  @Test
  void anythingElseEndsTheClient() {
    assertThat(failures.handle(new StreamsException(new IllegalStateException("broken"))))
        .isEqualTo(StreamThreadExceptionResponse.SHUTDOWN_CLIENT);
    assertThat(failures.fatal().orElseThrow()).contains("broken");
  }

  @Test
  void closingEndsThePause() {
    var patient = new WorkerFailures(Millrace.CATALOG, Duration.ofHours(1));
    patient.close();
    assertThat(patient.handle(new TimeoutException("no answer")))
        .isEqualTo(StreamThreadExceptionResponse.SHUTDOWN_CLIENT);
  }
}
