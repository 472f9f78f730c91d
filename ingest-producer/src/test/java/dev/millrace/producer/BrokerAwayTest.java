package dev.millrace.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.catalog.Millrace;
import dev.millrace.config.Settings;
import dev.millrace.failure.MillraceException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A broker that is not there is told in words, within the time that is configured. */
@Timeout(value = 10, unit = TimeUnit.SECONDS)
class BrokerAwayTest {

  @Test
  void noOneListens() throws IOException {
    int port;
    try (var freed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = freed.getLocalPort();
    }

    assertAway("127.0.0.1:" + port, PublishFailure.BROKER_UNAVAILABLE);
  }

  @Test
  void someoneElseListens() throws IOException {
    try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertAway("127.0.0.1:" + silent.getLocalPort(), PublishFailure.BROKER_UNAVAILABLE);
    }
  }

  @Test
  void theAddressIsNone() {
    assertAway("nowhere", PublishFailure.INVALID_KAFKA_PROPERTY);
  }

  @Test
  void aPropertyTheClientRefuses() {
    assertThatThrownBy(() -> open("127.0.0.1:1", Map.of("linger.ms", "soon")))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("linger.ms");
  }

  private static void assertAway(String address, PublishFailure code) {
    assertThatThrownBy(() -> open(address, Map.of()))
        .isInstanceOfSatisfying(
            MillraceException.class, failure -> assertThat(failure.code()).isEqualTo(code))
        .hasMessageContaining(address);
  }

  private static void open(String address, Map<String, String> more) {
    var config = PublisherConfig.from(Settings.of(Map.of("publisher.open_timeout_ms", "300")));
    var properties = new HashMap<>(more);
    properties.put("bootstrap.servers", address);
    Publisher.open(Millrace.CATALOG, config, new FakeRegistry(), properties).close();
  }
}
