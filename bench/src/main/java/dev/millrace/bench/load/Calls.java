package dev.millrace.bench.load;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * The calls of 72 hours: as many lanes side by side as the rows wanted are enough for, in each one
 * call after the other, of one to nine minutes. Immutable.
 */
public final class Calls {
  static final Duration WINDOW = Duration.ofSeconds(5);
  private static final Duration KEPT = Duration.ofHours(72);

  /** A call is on in 23 of 24 windows of a lane that is busy. */
  private static final double BUSY = 0.96;

  private static final int SHORTEST = 12;
  private static final int LONGEST = 108;
  private static final int STATIONS = 60;
  private static final int STATIONS_OF_A_CALL = 3;

  private final List<Call> all;
  private final TimeSpan span;

  /**
   * @param windows how many windows of calls there should be in all, near enough
   * @param until rounded down to a window
   */
  public Calls(long seed, double windows, Instant until) {
    var seconds = WINDOW.toSeconds();
    var end = Instant.ofEpochSecond(Math.floorDiv(until.getEpochSecond(), seconds) * seconds);
    span = TimeSpan.before(end, KEPT);
    var length = KEPT.dividedBy(WINDOW);
    var lanes = Math.max(1, (int) Math.ceil(windows / (length * BUSY)));
    var load = windows / (length * lanes);
    all =
        IntStream.range(0, lanes)
            .mapToObj(lane -> lane(seed, lane, load))
            .flatMap(List::stream)
            .sorted(Comparator.comparing(Call::started))
            .toList();
  }

  private List<Call> lane(long seed, int lane, double load) {
    var random = new SplittableRandom(seed * 31 + lane);
    var meanPause = (SHORTEST + LONGEST) / 2.0 * (1 - load) / load;
    var calls = new ArrayList<Call>();
    var at = span.from().plus(WINDOW.multipliedBy(random.nextInt((int) (2 * meanPause) + 1)));
    while (at.isBefore(span.until())) {
      var end = at.plus(WINDOW.multipliedBy(random.nextInt(SHORTEST, LONGEST + 1)));
      var traceId = "call-%02d-%05d-%08x".formatted(lane, calls.size(), random.nextInt());
      calls.add(new Call(traceId, at, earlier(end, span.until()), stations(random)));
      at = end.plus(WINDOW.multipliedBy(random.nextInt((int) (2 * meanPause) + 1)));
    }
    return calls;
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private static List<Integer> stations(SplittableRandom random) {
    return random.ints(0, STATIONS).distinct().limit(STATIONS_OF_A_CALL).boxed().toList();
  }

  /** By the time they began. */
  public List<Call> all() {
    return all;
  }

  TimeSpan span() {
    return span;
  }

  public Call draw(RandomGenerator random) {
    return all.get(random.nextInt(all.size()));
  }

  /** The key of a station that a call of the last hours passed. */
  public String drawStation(RandomGenerator random, Duration last) {
    var recent = TimeSpan.before(span.until(), last);
    var some = all.stream().filter(call -> call.overlaps(recent)).toList();
    var stations = some.get(random.nextInt(some.size())).stations();
    return stationKey(stations.get(random.nextInt(stations.size())));
  }

  static String stationKey(int number) {
    return "St_%d_%04d".formatted(1 + number % 8, number);
  }

  static int stations() {
    return STATIONS;
  }

  static int stationsOfACall() {
    return STATIONS_OF_A_CALL;
  }
}
