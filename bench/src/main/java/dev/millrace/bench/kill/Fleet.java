package dev.millrace.bench.kill;

import dev.millrace.bench.site.ProductProcess;
import dev.millrace.bench.site.Site;
import dev.millrace.bench.site.SiteFailure;
import dev.millrace.failure.MillraceException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * One to three sinks of one group, some of them static members. Whoever is killed is started again
 * in the same seat. One thread.
 */
final class Fleet implements AutoCloseable {
  static final int MOST = 3;

  /** A server was away when the process started; a supervisor starts it again, and so do we. */
  private static final int SERVER_AWAY = 3;

  /**
   * SIGTERM came before the process could take it: it had not begun, so there was nothing to end.
   */
  private static final int NOT_BEGUN = 128 + 15;

  private static final int KILLED = 128 + 9;
  private static final List<String> JAVA =
      List.of("-Xmx192m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto");

  private final Site site;
  private final Map<String, String> keys;
  private final Random random;
  private final List<Seat> seats = new ArrayList<>();
  private int started;

  /** A place in the group, and the process that has it now. */
  private static final class Seat {
    private final Optional<String> instance;
    private ProductProcess process;

    Seat(Optional<String> instance) {
      this.instance = instance;
    }
  }

  Fleet(Site site, Map<String, String> keys, Random random) {
    this.site = site;
    this.keys = keys;
    this.random = random;
  }

  int size() {
    return seats.size();
  }

  List<String> names() {
    return seats.stream().map(seat -> seat.process.name()).toList();
  }

  /** One sink more; every other one, by chance, a static member. */
  void add() {
    var seat = new Seat(random.nextBoolean() ? Optional.of("seat-" + started) : Optional.empty());
    start(seat);
    seats.add(seat);
  }

  private void start(Seat seat) {
    var own = new HashMap<>(keys);
    seat.instance.ifPresent(id -> own.put("sink.group_instance_id", id));
    seat.process = site.sink("sink-" + started++, JAVA, own);
  }

  /** One sink less: it is asked to stop, and must do so in order. */
  void remove() {
    var seat = seats.remove(random.nextInt(seats.size()));
    seat.process.close();
    requireOrderly(seat.process);
  }

  private static void requireOrderly(ProductProcess process) {
    if (!List.of(0, SERVER_AWAY, NOT_BEGUN).contains(process.exitCode())) {
      throw ended(process);
    }
  }

  private static MillraceException ended(ProductProcess process) {
    return new MillraceException(
        SiteFailure.ENDED,
        "%s has ended with exit code %d; its log is %s"
            .formatted(process, process.exitCode(), process.log()));
  }

  /** Kills it, and starts another one in its seat. */
  void replace(String name) {
    kill(name);
    mend();
  }

  /** SIGKILL, and nothing else. */
  void kill(String name) {
    find(name).kill();
  }

  ProductProcess find(String name) {
    return seats.stream()
        .map(seat -> seat.process)
        .filter(process -> process.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** Starts again what was killed, or could not start because a server was away. */
  void mend() {
    for (var seat : seats) {
      if (!seat.process.isAlive()) {
        var code = seat.process.exitCode();
        if (code != SERVER_AWAY && code != KILLED) {
          throw ended(seat.process);
        }
        start(seat);
      }
    }
  }

  /** Asks all to stop, at the same time. */
  void stop() {
    seats.forEach(seat -> seat.process.terminate());
    seats.forEach(seat -> seat.process.close());
    seats.forEach(seat -> requireOrderly(seat.process));
  }

  @Override
  public void close() {
    seats.forEach(seat -> seat.process.kill());
  }
}
