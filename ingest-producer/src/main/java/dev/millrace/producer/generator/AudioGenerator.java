package dev.millrace.producer.generator;

import dev.millrace.schema.audio.Tap;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.avro.specific.SpecificRecord;

/**
 * Generates calls at stations and what their PRE and POST taps measure: {@code Trace} and {@code
 * Sample} records with an hour-of-day shape and noise, and stretches that are not normal, with
 * their labels.
 *
 * <p>It is pulled by event time and knows no clock, so history runs as fast as it is pulled, and
 * the present at the pace of the caller. Deterministic: equal config, start and plan give equal
 * records. The samples of a series have strictly increasing event times. Used by one thread.
 *
 * <p>Cost: several million samples a second on one core; memory for one tick's records, and one
 * label an injection.
 */
public final class AudioGenerator {

  /** Series of one station: its taps times their metrics. */
  public static final int SERIES_PER_STATION = Tap.values().length * MetricProfile.ALL.size();

  private static final double SECONDS_PER_HOUR = 3_600;

  private final GeneratorConfig config;
  private final List<Station> stations = new ArrayList<>();
  private final InjectionPlanner planner;
  private final int series;
  private Instant position;

  /** Begins at {@code start}, with injections at random times only. */
  public AudioGenerator(GeneratorConfig config, Instant start) {
    this(config, start, List.of());
  }

  /**
   * Begins at {@code start}.
   *
   * @param planned injections beside those at random times; they are not held to warm-up or
   *     separation
   * @throws IllegalArgumentException if one is planned for a series that is not generated
   */
  public AudioGenerator(GeneratorConfig config, Instant start, Collection<Injection> planned) {
    this.config = config;
    this.position = start;
    var random = new SplittableRandom(config.seed());
    for (var i = 0; i < config.stations(); i++) {
      var phase = config.interval().multipliedBy(i).dividedBy(config.stations());
      stations.add(new Station(i, phase, random.split()));
    }
    var all = stations.stream().flatMap(station -> station.series().stream()).toList();
    this.series = all.size();
    this.planner = new InjectionPlanner(config, start, all, planned, random.split());
  }

  /** Event time of the next tick. */
  public Instant position() {
    return position;
  }

  /** How many series are generated. */
  public int series() {
    return series;
  }

  /**
   * The records of one interval, which begins at {@link #position}: a sample of every series and
   * the traces that begin or end, in the order they happen. Moves on by one interval.
   */
  public List<SpecificRecord> tick() {
    var records = new ArrayList<SpecificRecord>(series + stations.size());
    planner.tick(position);
    var hourOfDay = hourOfDay(position);
    for (var station : stations) {
      station.tick(position, hourOfDay, records);
    }
    position = position.plus(config.interval());
    return records;
  }

  /** The labels of all injections that have begun, in the order they began. */
  public List<Injection> injections() {
    return planner.begun();
  }

  private static double hourOfDay(Instant time) {
    return time.atOffset(ZoneOffset.UTC).toLocalTime().toSecondOfDay() / SECONDS_PER_HOUR;
  }
}
