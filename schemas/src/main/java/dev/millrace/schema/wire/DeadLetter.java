package dev.millrace.schema.wire;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Why a record was put aside, in the header names Kafka Connect gives its dead letters (KIP-298),
 * so that tools for those read ours.
 *
 * @param topic where the record was
 * @param partition its partition
 * @param offset its offset
 * @param code the {@link dev.millrace.failure.FailureCode} by name
 * @param message one sentence for people
 * @param stage what was being done: {@code VALUE_CONVERTER}, {@code TASK_PUT}, {@code FOLD}
 */
public record DeadLetter(
    String topic, int partition, long offset, String code, String message, String stage) {

  private static final String PREFIX = "__connect.errors.";

  public static final String TOPIC = PREFIX + "topic";
  public static final String PARTITION = PREFIX + "partition";
  public static final String OFFSET = PREFIX + "offset";
  public static final String EXCEPTION_CLASS = PREFIX + "exception.class.name";
  public static final String EXCEPTION_MESSAGE = PREFIX + "exception.message";
  public static final String STAGE = PREFIX + "stage";

  /** The headers of the dead letter, in a stable order; values are UTF-8 text. */
  public Map<String, String> headers() {
    var headers = new LinkedHashMap<String, String>();
    headers.put(TOPIC, topic);
    headers.put(PARTITION, Integer.toString(partition));
    headers.put(OFFSET, Long.toString(offset));
    headers.put(STAGE, stage);
    headers.put(EXCEPTION_CLASS, code);
    headers.put(EXCEPTION_MESSAGE, message);
    return headers;
  }
}
