package dev.millrace.producer.host;

import dev.millrace.schema.network.Reachability;
import java.net.InetSocketAddress;

/** Tries once whether a server answers. Blocks until it does or the probe's time-out is over. */
@FunctionalInterface
interface Probe {

  Outcome connect(InetSocketAddress target);

  /**
   * How one try ended.
   *
   * @param status up, or why not
   * @param millis how long it took
   */
  record Outcome(Reachability status, double millis) {

    boolean answered() {
      return status == Reachability.up;
    }
  }
}
