package dev.millrace.standalone.demo;

import java.time.Duration;
import java.util.List;

/**
 * Waits, once nothing is published any more, until the books balance: until the last windows have
 * closed and their rows are stored. Gives up when nothing has changed for a while, so that a pipeline
 * that lost a record ends with books that say so.
 */
final class Settling {
  private static final Duration PAUSE = Duration.ofMillis(500);

  private final Duration patience;

  /**
   * Sets the bound.
   *
   * @param patience how long the books may stand still, unbalanced, before that is the result
   */
  Settling(Duration patience) {
    this.patience = patience;
  }

  List<TopicBalance> settle(Ledger ledger) throws InterruptedException {
    var balance = ledger.balance();
    var still = 0L;
    while (still < patience.toMillis()) {
      Thread.sleep(PAUSE.toMillis());
      var next = ledger.balance();
      if (next.equals(balance) && next.stream().allMatch(TopicBalance::holds)) {
        return next;
      }
      still = next.equals(balance) ? still + PAUSE.toMillis() : 0;
      balance = next;
    }
    return balance;
  }
}
