package dev.millrace.sink;

import java.util.List;

/**
 * How the sink is, as of its last turn.
 *
 * @param state in one word
 * @param reasons what is wrong and what to do, a sentence each; empty while all is well
 */
public record SinkHealth(State state, List<String> reasons) {

  /** From best to worst. */
  public enum State {
    RUNNING,
    /** Some topics are stopped until an operator acts; the others go on. */
    DEGRADED,
    /** A server is away: nothing is stored, nothing is lost, it goes on by itself. */
    WAITING,
    /** Not started, or closed. */
    STOPPED,
    /** Ended by a failure; start it again. */
    FAILED
  }

  public SinkHealth {
    reasons = List.copyOf(reasons);
  }

  static SinkHealth of(State state, String... reasons) {
    return new SinkHealth(state, List.of(reasons));
  }

  /** Whether the process does what it is for. */
  public boolean ready() {
    return state == State.RUNNING || state == State.DEGRADED;
  }

  /** Whether the process should be left running. */
  public boolean live() {
    return state != State.FAILED;
  }
}
