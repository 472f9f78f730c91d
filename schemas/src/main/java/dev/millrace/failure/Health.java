package dev.millrace.failure;

import java.util.List;

/**
 * How a long-running component is.
 *
 * @param state in one word
 * @param reasons what is wrong and what to do, a sentence each; empty while all is well
 */
public record Health(State state, List<String> reasons) {

  /** From best to worst. */
  public enum State {
    RUNNING,
    /** A part waits, or is stopped until an operator acts; the others go on. */
    DEGRADED,
    /**
     * Starting, or a server is away: nothing gets through, nothing is lost, it goes on by itself.
     */
    WAITING,
    /** Not started, or closed. */
    STOPPED,
    /** Ended by a failure; start it again. */
    FAILED
  }

  public Health {
    reasons = List.copyOf(reasons);
  }

  public static Health of(State state, String... reasons) {
    return new Health(state, List.of(reasons));
  }

  /** Whether the component does what it is for. */
  public boolean ready() {
    return state == State.RUNNING || state == State.DEGRADED;
  }

  /** Whether the process should be left running. */
  public boolean live() {
    return state != State.FAILED;
  }
}
