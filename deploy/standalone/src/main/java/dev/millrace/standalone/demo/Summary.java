package dev.millrace.standalone.demo;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/**
 * What a demo ends with.
 *
 * @param seconds how long it ran, settling included
 * @param topics the balance of every topic that holds records
 * @param anomalies how the detector did
 */
@JsonPropertyOrder({"holds", "seconds", "anomalies", "topics"})
public record Summary(long seconds, List<TopicBalance> topics, DetectionScore anomalies) {
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.INDENT_OUTPUT);

  public Summary {
    topics = topics.stream().filter(topic -> topic.published() > 0).toList();
  }

  /** Whether the books balance and the detector did its work. */
  public boolean passes() {
    return holds() && anomalies.passes();
  }

  /** Whether published = stored or folded + dead-lettered, for every topic, with nothing in flight. */
  @JsonProperty
  public boolean holds() {
    return topics.stream().allMatch(TopicBalance::holds);
  }

  @JsonProperty
  public long published() {
    return topics.stream().mapToLong(TopicBalance::published).sum();
  }

  @JsonProperty
  public long deadLettered() {
    return topics.stream().mapToLong(TopicBalance::deadLettered).sum();
  }

  @JsonProperty
  public long inFlight() {
    return topics.stream().mapToLong(TopicBalance::inFlight).sum();
  }

  /** The summary as JSON, in snake case. */
  public String toJson() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a summary is plain values", impossible);
    }
  }

  /** The summary for people. */
  public void print(PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "%n%-32s %12s %12s %12s %6s %6s %9s  %s%n",
        "topic",
        "published",
        "stored",
        "folded",
        "late",
        "dead",
        "in flight",
        "table");
    topics.forEach(topic -> print(out, topic));
    out.printf(
        "%nanomalies: %d injected, %d found, %d incidents%n",
        anomalies.injected(), anomalies.found(), anomalies.incidents());
    anomalies.missed().forEach(missed -> out.println("  missed: " + missed));
    out.printf(
        "published = stored or folded + dead-lettered: %s%n", holds() ? "holds" : "DOES NOT HOLD");
  }

  private static void print(PrintWriter out, TopicBalance topic) {
    out.printf(
        Locale.ROOT,
        "%-32s %,12d %12s %12s %6s %6d %9d  %s%s%n",
        topic.topic(),
        topic.published(),
        number(topic.stored()),
        number(topic.folded()),
        number(topic.late()),
        topic.deadLettered(),
        topic.inFlight(),
        topic.table() == null ? "" : topic.table(),
        topic.holds() ? "" : "   <- does not hold");
  }

  private static String number(Long value) {
    return value == null ? "-" : String.format(Locale.ROOT, "%,d", value);
  }
}
