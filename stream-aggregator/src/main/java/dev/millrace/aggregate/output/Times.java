package dev.millrace.aggregate.output;

import dev.millrace.aggregate.baseline.SeasonSlot;
import dev.millrace.schema.insight.TimePeriod;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Event times and seasons as insight records write them. */
final class Times {

  private Times() {}

  static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  static TimePeriod period(SeasonSlot slot) {
    return slot.hourOfDay() == SeasonSlot.ANY ? TimePeriod.daily : TimePeriod.hourly;
  }

  static Integer hour(SeasonSlot slot) {
    return slot.hourOfDay() == SeasonSlot.ANY ? null : (Integer) slot.hourOfDay();
  }

  static Integer day(SeasonSlot slot) {
    return slot.dayOfWeek() == SeasonSlot.ANY ? null : (Integer) slot.dayOfWeek();
  }
}
