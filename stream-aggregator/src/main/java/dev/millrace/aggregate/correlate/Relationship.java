package dev.millrace.aggregate.correlate;

/**
 * What a correlation may mean. More than that one comes first, a correlation cannot tell of causes.
 */
public enum Relationship {
  /** One clearly follows the other: if one causes the other, it is the one that comes first. */
  CAUSAL,
  /** Both move at once: two signs of one thing, or the one follows sooner than can be told. */
  SYMPTOMATIC,
  /** It holds no longer. */
  COINCIDENTAL
}
