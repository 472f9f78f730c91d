package dev.millrace.aggregate.pair;

import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * Two records that belong together.
 *
 * @param type the rule they do by
 * @param owner whose they are
 * @param primary the earlier one
 * @param related the later one
 * @param micros when the later one happened
 * @param lagMicros how much later that was, if it is known
 * @param strength 0 to 1
 * @param confidence 0 to 1
 * @param found what else is to be told of how it was found
 */
public record Pair(
    String type,
    String owner,
    Ref primary,
    Ref related,
    long micros,
    OptionalLong lagMicros,
    double strength,
    double confidence,
    Map<String, Object> found) {

  public Pair {
    found = Map.copyOf(found);
  }

  /** A record by its topic and what names it there. */
  public record Ref(String topic, UUID id) {}
}
