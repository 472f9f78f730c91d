package dev.millrace.producer;

import dev.millrace.failure.MillraceException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Asks the broker for its cluster once, so that a wrong address is told at once and in words, and
 * not record by record. Takes no longer than the time it is given, and a second to hang up.
 */
final class BrokerCheck {
  private static final Duration HANG_UP = Duration.ofSeconds(1);

  private BrokerCheck() {}

  /**
   * Returns when the broker has answered.
   *
   * @throws MillraceException naming the address and what to do
   */
  static void require(
      Map<String, Object> producerProperties, Duration timeout, KafkaFailures failures) {
    Admin admin;
    try {
      admin = Admin.create(adminProperties(producerProperties, timeout));
    } catch (KafkaException unusable) {
      throw failures.ofClient(unusable);
    }
    try {
      ask(admin, timeout, failures);
    } finally {
      admin.close(HANG_UP);
    }
  }

  private static void ask(Admin admin, Duration timeout, KafkaFailures failures) {
    try {
      admin.describeCluster().nodes().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException failed) {
      throw failures.ofClient(failed);
    } catch (TimeoutException silent) {
      throw failures.ofClient(
          new org.apache.kafka.common.errors.TimeoutException(
              "no answer within " + timeout.toMillis() + " ms"));
    } catch (InterruptedException interrupted) {
      throw failures.ofClient(new InterruptException(interrupted));
    }
  }

  private static Map<String, Object> adminProperties(
      Map<String, Object> producerProperties, Duration timeout) {
    var properties = new HashMap<>(producerProperties);
    properties.keySet().retainAll(AdminClientConfig.configNames());
    var millis = (int) timeout.toMillis();
    properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, millis);
    properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, millis);
    return properties;
  }
}
