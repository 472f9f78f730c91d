package dev.millrace.aggregate.window;

/** The values of a multiset in ascending order. */
interface Ranks {

  long count();

  /** The value at a rank from 0, each rank at most one below the largest asked before. */
  double value(long rank);
}
