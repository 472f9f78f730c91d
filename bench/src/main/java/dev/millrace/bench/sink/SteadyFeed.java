package dev.millrace.bench.sink;

import dev.millrace.bench.server.BrokerProcess;
import java.util.concurrent.locks.LockSupport;

/** Publishes the records of a {@link Load} at a steady rate, whatever becomes of them. */
final class SteadyFeed {
  private final BrokerProcess broker;
  private final Load load;
  private final double perSecond;

  SteadyFeed(BrokerProcess broker, Load load, double perSecond) {
    this.broker = broker;
    this.load = load;
    this.perSecond = perSecond;
  }

  /** Publishes all of them; returns when they are acknowledged. */
  void publish(AppendTimes times) {
    try (var producer =
        new LoadProducer(
            broker,
            load,
            taken -> times.note(taken.partition(), taken.offset(), taken.timestamp()))) {
      var begin = System.nanoTime();
      var sent = new long[1];
      load.forEach(
          (row, partition) -> {
            awaitTime(begin + (long) (sent[0]++ / perSecond * 1e9));
            producer.send(row, (int) partition);
          });
    }
  }

  private static void awaitTime(long nanoTime) {
    for (var left = nanoTime - System.nanoTime(); left > 0; left = nanoTime - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
