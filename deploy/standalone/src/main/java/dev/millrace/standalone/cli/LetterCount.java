package dev.millrace.standalone.cli;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * How many records of a topic were put aside for a reason.
 *
 * @param topic the topic they were read from
 * @param code why they were refused the last time
 * @param waiting those that are not stored
 * @param replayed those that a replay has stored
 * @param unclaimed those that the sink did not move on without
 * @param oldest when the first of the letters came
 * @param newest when the last one came
 */
record LetterCount(
    String topic,
    String code,
    int waiting,
    int replayed,
    int unclaimed,
    Instant oldest,
    Instant newest) {

  /** None yet of letters that begin at this time. */
  static LetterCount none(String topic, String code, Instant time) {
    var second = time.truncatedTo(ChronoUnit.SECONDS);
    return new LetterCount(topic, code, 0, 0, 0, second, second);
  }

  @JsonProperty
  int letters() {
    return waiting + replayed + unclaimed;
  }

  /** One more. */
  LetterCount with(LetterState state, Instant time) {
    var second = time.truncatedTo(ChronoUnit.SECONDS);
    return new LetterCount(
        topic,
        code,
        waiting + (state == LetterState.WAITING ? 1 : 0),
        replayed + (state == LetterState.REPLAYED ? 1 : 0),
        unclaimed + (state == LetterState.UNCLAIMED ? 1 : 0),
        second.isBefore(oldest) ? second : oldest,
        second.isAfter(newest) ? second : newest);
  }
}
