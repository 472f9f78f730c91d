package dev.millrace.aggregate.anomaly;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;
import dev.millrace.aggregate.rarity.Rarity;

/**
 * What a series has done so far, as far as it tells what is rare: see {@link Rarity}. Encoded in
 * two parts, of which the larger seldom changes. Not for use by several threads.
 */
public final class History {
  private final Rarity rarity;
  private final Pattern pattern;
  private boolean changed;

  public History() {
    this(new Rarity(), new Pattern());
  }

  private History(Rarity rarity, Pattern pattern) {
    this.rarity = rarity;
    this.pattern = pattern;
  }

  Rarity rarity() {
    changed = true;
    return rarity;
  }

  /** Windows that were judged. */
  long seen() {
    return rarity.seen();
  }

  Pattern pattern() {
    return pattern;
  }

  /** Whether anything has changed since it was last encoded. */
  public boolean changed() {
    return changed;
  }

  /** Whether its memory has. */
  public boolean memoryChanged() {
    return rarity.memoryChanged();
  }

  /** What changes with every window. */
  public void encode(StateWriter out) {
    rarity.encode(out);
    pattern.encode(out);
    changed = false;
  }

  /** What seldom changes. */
  public void encodeMemory(StateWriter out) {
    rarity.encodeMemory(out);
  }

  public static History decode(StateReader in, StateReader memory) {
    return new History(Rarity.decode(in, memory), Pattern.decode(in));
  }
}
