package dev.millrace.standalone.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.time.Instant;

/** What is said about letters as JSON: snake case, times in ISO 8601, an object a line. */
final class LetterJson {
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .registerModule(
              new SimpleModule().addSerializer(Instant.class, ToStringSerializer.instance));

  private LetterJson() {}

  static String write(Object value) throws JsonProcessingException {
    return JSON.writeValueAsString(value);
  }

  /** Text that is JSON as what it says; other text as a string. */
  static Object parsed(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException unreadable) {
      return text;
    }
  }
}
