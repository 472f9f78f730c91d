package dev.millrace.standalone.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.failure.Health;

/**
 * What is answered to a request.
 *
 * @param status of HTTP
 * @param contentType of the text, which is sent as UTF-8
 */
record Answer(int status, String contentType, String text) {
  static final int OK = 200;
  static final int NOT_FOUND = 404;
  static final int METHOD_NOT_ALLOWED = 405;
  static final int FAILED = 500;
  static final int UNAVAILABLE = 503;

  private static final String PLAIN = "text/plain; charset=utf-8";
  private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";
  private static final String JSON = "application/json";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  static Answer plain(int status, String text) {
    return new Answer(status, PLAIN, text + "\n");
  }

  /** Meters in Prometheus' text format. */
  static Answer meters(String exposition) {
    return new Answer(OK, PROMETHEUS, exposition);
  }

  /** {@code {"state":…,"reasons":[…]}}, with 200 if that is good, 503 otherwise. */
  static Answer health(Health health, boolean good) {
    try {
      return new Answer(good ? OK : UNAVAILABLE, JSON, MAPPER.writeValueAsString(health) + "\n");
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a word and some sentences are JSON", impossible);
    }
  }

  byte[] bytes() {
    return text.getBytes(UTF_8);
  }
}
