package dev.millrace.bench.traffic;

import dev.millrace.schema.RecordType;
import java.time.Instant;
import java.util.List;

/**
 * The records of one topic, each a function of a seed and its number alone: what was published can
 * be told again. Immutable.
 */
public interface Traffic {

  RecordType type();

  /**
   * One record.
   *
   * @param number from 0; it is published after all lower ones
   */
  Message message(long number);

  /**
   * One topic of every kind: keyed with revisions, keyed JSON, append-only, and with tombstones.
   */
  static List<Traffic> ofEveryKind(long seed, Instant from) {
    return List.of(
        new Windows(seed, from),
        new Events(seed, from),
        new Readings(seed, from),
        new Assets(seed, from));
  }
}
