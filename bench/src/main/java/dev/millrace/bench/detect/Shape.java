package dev.millrace.bench.detect;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Random;

/** What a series does when nothing is wrong, but for noise. */
enum Shape {
  FLAT("a level"),
  DAY("two harmonics of the day"),
  WEEK("the same, a third of it at weekends"),
  TREND("as day, and half a swing more every four weeks"),
  SPARSE("as day, and of five windows one has a value, at random"),
  CONSTANT("a level, and no noise");

  static final double LEVEL = 100;

  /** From the lowest to the highest of a day, about. */
  static final double SWING = 60;

  /** A Monday. */
  static final long BEGIN = Instant.parse("2026-01-05T00:00:00Z").getEpochSecond() * 1_000_000;

  private static final double MICROS_OF_DAY = Duration.ofDays(1).toSeconds() * 1e6;
  private static final int DAYS_OF_WEEK = 7;
  private static final int WORKDAYS = 5;
  private static final double WEEKEND = 1.0 / 3;
  private static final double GROWTH_OF_DAY = 0.5 / 28;
  private static final int ONE_IN = 5;

  private final String meaning;

  Shape(String meaning) {
    this.meaning = meaning;
  }

  String meaning() {
    return meaning;
  }

  double at(long micros) {
    var days = (micros - BEGIN) / MICROS_OF_DAY;
    return LEVEL
        + switch (this) {
          case FLAT, CONSTANT -> 0;
          case DAY, SPARSE -> day(days);
          case WEEK -> (days % DAYS_OF_WEEK < WORKDAYS ? 1 : WEEKEND) * day(days);
          case TREND -> day(days) + GROWTH_OF_DAY * SWING * days;
        };
  }

  private static double day(double days) {
    var turn = 2 * Math.PI * days;
    return SWING / 2 * (Math.sin(turn) + 0.3 * Math.sin(2 * turn + 1));
  }

  /** Whether a window has a value. */
  boolean has(Random random) {
    return this != SPARSE || random.nextInt(ONE_IN) == 0;
  }

  /** Windows from one value to the next, in the mean. */
  int stride() {
    return this == SPARSE ? ONE_IN : 1;
  }

  /** Whether it has a season: then hardly anything may be wrong with it. */
  boolean isSeasonal() {
    return this == DAY || this == WEEK;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
