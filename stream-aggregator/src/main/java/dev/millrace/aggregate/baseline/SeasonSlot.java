package dev.millrace.aggregate.baseline;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;

/**
 * A part of the week that has a normal of its own, by the clock of a {@link Season}.
 *
 * @param hourOfDay 0 to 23, or {@link #ANY}
 * @param dayOfWeek 0 (Sunday) to 6, or {@link #ANY}
 */
public record SeasonSlot(int hourOfDay, int dayOfWeek) {
  public static final int ANY = -1;
  public static final SeasonSlot ALL = new SeasonSlot(ANY, ANY);

  private static final long MICROS_OF_HOUR = 3_600_000_000L;
  private static final int HOURS_OF_DAY = 24;
  private static final int DAYS_OF_WEEK = 7;

  /** Day of the week of 1 January 1970, a Thursday. */
  private static final int FIRST_DAY = 4;

  public static SeasonSlot hourOfDay(long micros) {
    return new SeasonSlot(hour(micros), ANY);
  }

  public static SeasonSlot hourOfWeek(long micros) {
    return new SeasonSlot(hour(micros), day(micros));
  }

  /** Hours since the epoch. */
  public static long epochHour(long micros) {
    return Math.floorDiv(micros, MICROS_OF_HOUR);
  }

  /** Days since the epoch. */
  public static long epochDay(long micros) {
    return Math.floorDiv(micros, MICROS_OF_HOUR * HOURS_OF_DAY);
  }

  static int hour(long micros) {
    return (int) Math.floorMod(epochHour(micros), (long) HOURS_OF_DAY);
  }

  static int day(long micros) {
    return (int) Math.floorMod(epochDay(micros) + FIRST_DAY, (long) DAYS_OF_WEEK);
  }

  public void encode(StateWriter out) {
    out.writeByte(hourOfDay);
    out.writeByte(dayOfWeek);
  }

  public static SeasonSlot decode(StateReader in) {
    return new SeasonSlot(in.readByte(), in.readByte());
  }

  @Override
  public String toString() {
    if (hourOfDay == ANY) {
      return "all";
    }
    return dayOfWeek == ANY ? "h" + hourOfDay : "h" + hourOfDay + "d" + dayOfWeek;
  }
}
