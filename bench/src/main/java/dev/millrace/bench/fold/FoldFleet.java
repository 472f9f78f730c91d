package dev.millrace.bench.fold;

import dev.millrace.bench.site.ProductProcess;
import dev.millrace.bench.site.Site;
import dev.millrace.bench.site.SiteFailure;
import dev.millrace.failure.MillraceException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** One to three aggregators that share the work. Whoever is killed is started again. One thread. */
final class FoldFleet implements AutoCloseable {
  static final int MOST = 3;

  private static final int SERVER_AWAY = 3;
  private static final int KILLED = 128 + 9;
  private static final List<String> JAVA =
      List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto");

  private final Site site;
  private final Map<String, String> keys;
  private final Path states;
  private final Random random;
  private final List<Seat> seats = new ArrayList<>();
  private int started;

  /** A place, with a state folder, and the process that has it now. */
  private static final class Seat {
    private final int number;
    private ProductProcess process;

    Seat(int number) {
      this.number = number;
    }
  }

  FoldFleet(Site site, Map<String, String> keys, Path states, Random random) {
    this.site = site;
    this.keys = keys;
    this.states = states;
    this.random = random;
  }

  int size() {
    return seats.size();
  }

  void add() {
    var taken = seats.stream().map(seat -> seat.number).toList();
    var number = 0;
    while (taken.contains(number)) {
      number++;
    }
    var seat = new Seat(number);
    start(seat);
    seats.add(seat);
  }

  private void start(Seat seat) {
    var own = new HashMap<>(keys);
    own.put("aggregator.state_dir", states.resolve("seat-" + seat.number).toString());
    seat.process = site.aggregator("aggregator-" + started++, JAVA, own);
  }

  /** One less: it is asked to stop. */
  void remove() {
    var seat = seats.remove(random.nextInt(seats.size()));
    seat.process.close();
  }

  ProductProcess any() {
    return seats.get(random.nextInt(seats.size())).process;
  }

  /** SIGKILL to all. */
  void killAll() {
    seats.forEach(seat -> seat.process.kill());
  }

  /** Starts again what was killed, or could not go on because the broker was away. */
  void mend() {
    for (var seat : seats) {
      if (!seat.process.isAlive()) {
        var code = seat.process.exitCode();
        if (code != SERVER_AWAY && code != KILLED) {
          throw new MillraceException(
              SiteFailure.ENDED,
              "%s has ended with exit code %d; its log is %s"
                  .formatted(seat.process, code, seat.process.log()));
        }
        start(seat);
      }
    }
  }

  /** Asks all to stop. */
  void stop() {
    seats.forEach(seat -> seat.process.terminate());
    seats.forEach(seat -> seat.process.close());
  }

  @Override
  public void close() {
    seats.forEach(seat -> seat.process.kill());
  }
}
