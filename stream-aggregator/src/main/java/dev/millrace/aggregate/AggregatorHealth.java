package dev.millrace.aggregate;

import java.util.List;

/**
 * How the aggregator is.
 *
 * @param state in one word
 * @param reasons what is wrong and what to do, a sentence each; empty while all is well
 */
public record AggregatorHealth(State state, List<String> reasons) {

  /** From best to worst. */
  public enum State {
    RUNNING,
    /** Starting, restoring state, sharing out partitions, or waiting for a server. */
    WAITING,
    /** Not started, or closed. */
    STOPPED,
    /** Ended by a failure; start it again. */
    FAILED
  }

  public AggregatorHealth {
    reasons = List.copyOf(reasons);
  }

  /** Whether the process does what it is for. */
  public boolean ready() {
    return state == State.RUNNING;
  }

  /** Whether the process should be left running. */
  public boolean live() {
    return state != State.FAILED;
  }
}
