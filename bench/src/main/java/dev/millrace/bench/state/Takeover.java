package dev.millrace.bench.state;

import dev.millrace.bench.server.BrokerProcess;
import dev.millrace.bench.site.Waiting;
import dev.millrace.bench.state.StateProcess.Application;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Two processes share the work; one is killed, and the time is taken until the other folds its part
 * too. The clock starts when the broker has given the part to the other: how soon it notices a
 * death is the session time-out's to say. Who is killed changes with the round. One thread.
 */
final class Takeover {
  /** One sample each of so many series: some of every partition. */
  private static final long PROBE = 500;

  private static final Duration QUIET = Duration.ofSeconds(3);
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final Application application;
  private final BrokerProcess broker;
  private final Group group;
  private final LongConsumer publish;
  private final LongSupplier published;

  /**
   * Of an application that has read nothing yet.
   *
   * @param publish publishes so many samples
   * @param published how many there are from the beginning on
   */
  Takeover(
      Application application,
      BrokerProcess broker,
      Group group,
      LongConsumer publish,
      LongSupplier published) {
    this.application = application;
    this.broker = broker;
    this.group = group;
    this.publish = publish;
    this.published = published;
  }

  /**
   * What a round took.
   *
   * @param seconds from when the other had the part until it had folded it
   * @param sinceKill the same from the kill on
   */
  record Time(double seconds, double sinceKill) {
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT, "folding again after %.2f s, %.2f s since the kill", seconds, sinceKill);
    }
  }

  List<Time> measure(int rounds, Consumer<String> tell) {
    var processes = new ArrayList<StateProcess>();
    try {
      processes.add(application.start(broker, "one"));
      processes.add(application.start(broker, "other"));
      var times = new ArrayList<Time>();
      for (var round = 0; round < rounds; round++) {
        settle(processes);
        var killed = round % 2;
        var time = kill(processes.get(killed));
        times.add(time);
        tell.accept("%s: %s".formatted(application.application(), time));
        processes.set(killed, application.start(broker, killed == 0 ? "one" : "other"));
      }
      return times;
    } finally {
      processes.forEach(StateProcess::kill);
    }
  }

  private Time kill(StateProcess process) {
    var killed = System.nanoTime();
    process.kill();
    publish.accept(PROBE);
    group.awaitMembers(1);
    var given = System.nanoTime();
    group.awaitFolded(published.getAsLong());
    var end = System.nanoTime();
    return new Time((end - given) / 1e9, (end - killed) / 1e9);
  }

  /** Until each has its part, everything is folded, and no copy is behind. */
  private void settle(List<StateProcess> processes) {
    group.awaitMembers(2);
    group.awaitFolded(published.getAsLong());
    var before = new long[] {-1};
    Waiting.until(
        "the state of %s to be everywhere".formatted(application.application()),
        PATIENCE,
        () -> {
          var unused = Waiting.within(QUIET, () -> false);
          var now = restored(processes);
          var quiet = now == before[0];
          before[0] = now;
          return quiet;
        });
  }

  private static long restored(List<StateProcess> processes) {
    return processes.stream()
        .mapToLong(each -> each.ask(StateProcess.Question.RESTORED_RECORDS))
        .sum();
  }
}
