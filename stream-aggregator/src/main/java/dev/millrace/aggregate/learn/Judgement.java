package dev.millrace.aggregate.learn;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;
import dev.millrace.schema.insight.Verdict;

/**
 * What people found of an incident.
 *
 * @param verdict what they found
 * @param at when, microseconds since the epoch
 */
public record Judgement(Verdict verdict, long at) {

  void encode(StateWriter out) {
    out.writeText(verdict.name());
    out.writeFixedLong(at);
  }

  static Judgement decode(StateReader in) {
    return new Judgement(Verdict.valueOf(in.readText()), in.readFixedLong());
  }
}
