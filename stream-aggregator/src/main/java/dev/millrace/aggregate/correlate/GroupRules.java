package dev.millrace.aggregate.correlate;

/**
 * Which series of a group are compared.
 *
 * @param maxSeries how many at most: the first that move
 * @param acrossMembers whether those of different members only
 */
public record GroupRules(int maxSeries, boolean acrossMembers) {

  public GroupRules {
    if (maxSeries < 2) {
      throw new IllegalArgumentException("a group of " + maxSeries + " series has no pair");
    }
  }
}
