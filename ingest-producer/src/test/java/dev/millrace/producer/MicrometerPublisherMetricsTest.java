package dev.millrace.producer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.schema.SchemaFailure;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MicrometerPublisherMetricsTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final PublisherMetrics metrics = new MicrometerPublisherMetrics(registry);

  @Test
  void acceptedIsAcknowledgedFailedAndInFlight() {
    metrics.accepted("t");
    metrics.accepted("t");
    metrics.accepted("t");
    metrics.acknowledged("t", 100, 2_000_000);
    metrics.failed("t", PublishFailure.BROKER_UNAVAILABLE);

    assertThat(counter("accepted")).isEqualTo(3);
    assertThat(counter("acknowledged")).isEqualTo(1);
    assertThat(counter("failed")).isEqualTo(1);
    assertThat(registry.get("millrace.publisher.in.flight").gauge().value()).isEqualTo(1);
    assertThat(counter("bytes")).isEqualTo(100);
    assertThat(registry.get("millrace.publisher.latency").timer().totalTime(TimeUnit.MILLISECONDS))
        .isEqualTo(2);
  }

  @Test
  void failuresAreCountedByCodeAndOwner() {
    metrics.rejected("t", SchemaFailure.FIELD_REQUIRED);

    assertThat(
            registry
                .get("millrace.publisher.rejected")
                .tags("topic", "t", "code", "FIELD_REQUIRED", "owner", "DATA")
                .counter()
                .count())
        .isEqualTo(1);
  }

  private double counter(String name) {
    return registry.get("millrace.publisher." + name).tag("topic", "t").counter().count();
  }
}
