package dev.millrace.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.config.Settings;
import dev.millrace.failure.MillraceException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProducerPropertiesTest {

  @Test
  void guaranteeAndBatchingAreSet() {
    assertThat(with(Map.of()))
        .containsEntry("enable.idempotence", "true")
        .containsEntry("acks", "all")
        .containsEntry("compression.type", "lz4")
        .containsEntry("linger.ms", "10")
        .containsEntry("batch.size", "262144")
        .containsEntry("bootstrap.servers", "b:1");
  }

  @Test
  void everythingElseCanBeOverridden() {
    assertThat(with(Map.of("linger.ms", "77", "compression.type", "gzip", "client.id", "me")))
        .containsEntry("linger.ms", "77")
        .containsEntry("compression.type", "gzip")
        .containsEntry("client.id", "me");
  }

  @ParameterizedTest
  @CsvSource({"acks,all", "acks,-1", "enable.idempotence,true", "partitioner.ignore.keys,false"})
  void sayingWhatHoldsAnywayIsNoOffence(String name, String value) {
    assertThat(with(Map.of(name, value))).containsEntry("acks", "all");
  }

  @ParameterizedTest
  @CsvSource({
    "acks,1",
    "acks,0",
    "enable.idempotence,false",
    "partitioner.ignore.keys,true",
    "partitioner.class,Mine",
    "transactional.id,t",
    "value.serializer,Mine"
  })
  void weakeningTheGuaranteeIsRefused(String name, String value) {
    assertThatThrownBy(() -> with(Map.of(name, value)))
        .isInstanceOfSatisfying(
            MillraceException.class,
            refused -> assertThat(refused.code()).isEqualTo(PublishFailure.GUARANTEE_WEAKENED))
        .hasMessageContaining(name)
        .hasMessageContaining("remove it");
  }

  @Test
  void aRequestNeverTakesLongerThanADelivery() {
    var config = PublisherConfig.from(Settings.of(Map.of("publisher.delivery_timeout_ms", "5000")));

    assertThat(ProducerProperties.of(config, Map.of("bootstrap.servers", "b:1")))
        .containsEntry("delivery.timeout.ms", "5000")
        .containsEntry("request.timeout.ms", "4990");
  }

  private static Map<String, Object> with(Map<String, String> overrides) {
    var given = new HashMap<>(overrides);
    given.put("bootstrap.servers", "b:1");
    return ProducerProperties.of(PublisherConfig.from(Settings.of(Map.of())), given);
  }
}
