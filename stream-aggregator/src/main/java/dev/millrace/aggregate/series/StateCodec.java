package dev.millrace.aggregate.series;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;

/**
 * How the states of one store become bytes, and back. A state may be kept in several parts, each a
 * record of the changelog, so that what seldom changes is seldom written. Used by one thread at a
 * time.
 *
 * @param <V> the live state
 */
interface StateCodec<V> {

  /** How many parts a state has, 1 to 32. */
  int parts();

  /** The parts that may differ from what was last encoded of them: a bit each, the first lowest. */
  int changed(V state);

  /** Writes a part. */
  void encode(V state, int part, StateWriter out);

  /**
   * Reads a state back.
   *
   * @param parts by their number; null where none was written
   */
  V decode(StateReader[] parts);
}
