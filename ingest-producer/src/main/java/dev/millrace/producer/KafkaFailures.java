package dev.millrace.producer;

import dev.millrace.failure.MillraceException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.BufferExhaustedException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.CorruptRecordException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Translates the Kafka client's exceptions into failures with a code and a remedy. Goes by class,
 * never by the words of a message.
 */
final class KafkaFailures {
  /** Looked through in order: the first class that fits decides, so special ones come first. */
  private static final Map<Class<? extends Throwable>, PublishFailure> CODES = codes();

  private final String address;

  KafkaFailures(String address) {
    this.address = address;
  }

  private static Map<Class<? extends Throwable>, PublishFailure> codes() {
    var codes = new LinkedHashMap<Class<? extends Throwable>, PublishFailure>();
    codes.put(RecordTooLargeException.class, PublishFailure.RECORD_TOO_LARGE);
    codes.put(RecordBatchTooLargeException.class, PublishFailure.RECORD_TOO_LARGE);
    codes.put(InvalidTimestampException.class, PublishFailure.RECORD_REFUSED);
    codes.put(PolicyViolationException.class, PublishFailure.RECORD_REFUSED);
    codes.put(CorruptRecordException.class, PublishFailure.BROKER_UNAVAILABLE);
    codes.put(org.apache.kafka.common.InvalidRecordException.class, PublishFailure.RECORD_REFUSED);
    codes.put(UnknownTopicOrPartitionException.class, PublishFailure.TOPIC_MISSING);
    codes.put(InvalidTopicException.class, PublishFailure.TOPIC_MISSING);
    codes.put(AuthorizationException.class, PublishFailure.NOT_AUTHORIZED);
    codes.put(AuthenticationException.class, PublishFailure.NOT_AUTHENTICATED);
    codes.put(BufferExhaustedException.class, PublishFailure.BUFFER_FULL);
    codes.put(InterruptException.class, PublishFailure.INTERRUPTED);
    codes.put(ConfigException.class, PublishFailure.INVALID_KAFKA_PROPERTY);
    codes.put(RetriableException.class, PublishFailure.BROKER_UNAVAILABLE);
    return codes;
  }

  /** The failure of one record on its way to {@code topic}. */
  MillraceException ofRecord(String topic, Throwable cause) {
    return of("record for topic " + topic, topic, cause);
  }

  /** The failure of the client itself, e.g. when it is made. */
  MillraceException ofClient(Throwable cause) {
    return of("connection to Kafka at " + address, "", cause);
  }

  private MillraceException of(String what, String topic, Throwable thrown) {
    var cause = unwrapped(thrown);
    var code = code(cause);
    return new MillraceException(
        code, "%s: %s (%s)".formatted(what, remedy(code, topic), cause.getMessage()), cause);
  }

  private static PublishFailure code(Throwable cause) {
    return CODES.entrySet().stream()
        .filter(entry -> entry.getKey().isInstance(cause))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(PublishFailure.UNEXPECTED);
  }

  /** A time-out that ended waiting for a topic says only in its cause that there is none. */
  private static Throwable unwrapped(Throwable thrown) {
    var cause = thrown;
    while (cause.getCause() != null && (isWrapper(cause) || isMissingTopic(cause.getCause()))) {
      cause = cause.getCause();
    }
    return cause;
  }

  private static boolean isWrapper(Throwable thrown) {
    return thrown instanceof ExecutionException
        || thrown instanceof CompletionException
        || thrown.getClass() == KafkaException.class;
  }

  private static boolean isMissingTopic(Throwable cause) {
    return cause instanceof UnknownTopicOrPartitionException;
  }

  private String remedy(PublishFailure code, String topic) {
    var words =
        switch (code) {
          case RECORD_TOO_LARGE ->
              "it is too large; shorten it, or raise max.request.size and max.message.bytes";
          case RECORD_REFUSED -> "the broker refuses it; check the topic's configuration";
          case BROKER_UNAVAILABLE ->
              "the broker at {address} did not answer; check --bootstrap-server and that it runs";
          case BUFFER_FULL ->
              "the broker at {address} is slower than the records come; publish more slowly, or"
                  + " raise publisher.max_block_ms";
          case TOPIC_MISSING ->
              "the broker at {address} has no topic '{topic}'; create it with `millrace topics`";
          case NOT_AUTHORIZED ->
              "not allowed; grant this client WRITE on the topic and IDEMPOTENT_WRITE on the"
                  + " cluster";
          case NOT_AUTHENTICATED ->
              "the broker does not accept these credentials; check the security properties";
          case INTERRUPTED -> "interrupted while waiting";
          case INVALID_KAFKA_PROPERTY -> "a Kafka property is wrong; correct or remove it";
          default -> "failed for a reason that is not foreseen";
        };
    return words.replace("{address}", address).replace("{topic}", topic);
  }
}
