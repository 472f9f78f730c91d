package dev.millrace.aggregate.rules;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** Days that are like another day of the week: holidays. */
record Calendar(Match of, Set<LocalDate> days, DayOfWeek as) {

  Calendar {
    days = Set.copyOf(days);
  }

  /**
   * Reads dates apart by commas.
   *
   * @throws java.time.format.DateTimeParseException if one is none
   */
  static Set<LocalDate> dates(String text) {
    return Arrays.stream(text.split(",", -1))
        .map(String::strip)
        .filter(each -> !each.isEmpty())
        .map(LocalDate::parse)
        .collect(Collectors.toSet());
  }
}
