package dev.millrace.aggregate;

import dev.millrace.aggregate.ScoredNetwork.Message;
import dev.millrace.schema.insight.InsightRecords;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;

/** The whole topology, asked for health scores: two days after {@link ScoredNetwork#MIDNIGHT}. */
final class ScoreDriver implements AutoCloseable {
  private final FoldDriver driver;

  ScoreDriver() {
    this(ScoredNetwork.MIDNIGHT.plus(Duration.ofDays(2)));
  }

  ScoreDriver(Instant now) {
    driver = new FoldDriver(now, Map.of());
  }

  FoldDriver fold() {
    return driver;
  }

  void send(Message... messages) {
    for (var message : messages) {
      message.sendTo(driver);
    }
  }

  void pass(Duration time) {
    driver.pass(time);
  }

  /** As long as it takes from a window to the score of the network. */
  void settle() {
    for (var second = 0; second < 40; second++) {
      driver.pass(Duration.ofSeconds(1));
    }
  }

  /** What was published since it was last asked. */
  List<GenericRecord> scores() {
    return driver.read(InsightRecords.HEALTH_SCORES);
  }

  /** The first of a scope. */
  static GenericRecord of(List<GenericRecord> scores, String scope) {
    return scores.stream()
        .filter(score -> text(score, "scope_type").equals(scope))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + scope + " in " + scores));
  }

  /** The last that was published of a scope and minute. */
  static GenericRecord at(List<GenericRecord> scores, String scope, double minute) {
    return scores.stream()
        .filter(score -> text(score, "scope_type").equals(scope))
        .filter(score -> score.get("calculated_at").equals(ScoredNetwork.micros(minute)))
        .reduce((first, last) -> last)
        .orElseThrow(() -> new AssertionError("no " + scope + " at " + minute + " in " + scores));
  }

  static String text(GenericRecord score, String field) {
    return String.valueOf(score.get(field));
  }

  @Override
  public void close() {
    driver.close();
  }
}
