package dev.millrace.aggregate.correlate;

/**
 * Two series that deviate together, or do so no longer. Times are microseconds since the epoch.
 *
 * @param a the one that comes first; of two that move at once, that whose name does
 * @param b the other
 * @param correlation Pearson's, -1 to 1
 * @param lagSeconds by how much B follows A; 0 if both move at once
 * @param stepSeconds how long each of the compared values is of
 * @param samples pairs of values, recent ones weighing more
 * @param confidence the lower end of the 99 % interval of the correlation's size, in percent of it
 * @param relationship what it may mean
 * @param discovered when it was first seen
 * @param validated when it was last seen to hold
 * @param active whether it holds
 */
public record Finding(
    SeriesName a,
    SeriesName b,
    double correlation,
    int lagSeconds,
    int stepSeconds,
    double samples,
    double confidence,
    Relationship relationship,
    long discovered,
    long validated,
    boolean active) {}
