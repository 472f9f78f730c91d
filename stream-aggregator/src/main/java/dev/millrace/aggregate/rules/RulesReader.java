package dev.millrace.aggregate.rules;

import dev.millrace.aggregate.DetectionConfig;
import dev.millrace.aggregate.rules.DetectionRules.Maintenance;
import dev.millrace.aggregate.rules.DetectionRules.Zone;
import dev.millrace.config.Settings;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Reads {@link DetectionRules} from properties:
 *
 * <pre>
 * ping_latency_ms.direction = up                    # a setting of aggregator.*, for one metric
 * rx_power.min_deviation = 0.5
 * zone.berlin.of = site_id=7
 * zone.berlin.is = Europe/Berlin
 * calendar.holidays.of = site_id=7                  # without it: of all
 * calendar.holidays.days = 2026-12-25, 2026-12-26
 * calendar.holidays.as = sunday
 * maintenance.core.of = device_ip=10.0.0.1
 * maintenance.core.when = 2026-11-22T02:00/2026-11-22T04:00; sun 02:00-04:00
 * </pre>
 */
final class RulesReader {
  private static final String PREFIX = "aggregator.";
  private static final String OF = "of";

  private final Settings base;
  private final Map<String, String> given;
  private final List<String> problems = new ArrayList<>();

  private RulesReader(Settings base, Map<String, String> given) {
    this.base = base;
    this.given = new TreeMap<>(given);
  }

  /**
   * Reads rules.
   *
   * @param base what holds for all metrics
   * @param given the properties
   * @throws IllegalArgumentException that lists every problem
   */
  static DetectionRules read(Settings base, Map<String, String> given) {
    return new RulesReader(base, given).read();
  }

  private DetectionRules read() {
    var zones = new ArrayList<Zone>();
    named("zone", List.of(OF, "is"))
        .forEach((name, parts) -> zone(name, parts).ifPresent(zones::add));
    var calendars = new ArrayList<Calendar>();
    named("calendar", List.of(OF, "days", "as"))
        .forEach((name, parts) -> calendar(name, parts).ifPresent(calendars::add));
    var maintenance = new ArrayList<Maintenance>();
    named("maintenance", List.of(OF, "when"))
        .forEach((name, parts) -> maintenance(name, parts).ifPresent(maintenance::add));
    var metrics = metrics();
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", problems));
    }
    return new DetectionRules(DetectionConfig.from(base), metrics, zones, calendars, maintenance);
  }

  /** Takes what begins with a word, by the name after it. */
  private Map<String, Map<String, String>> named(String word, List<String> parts) {
    var all = new TreeMap<String, Map<String, String>>();
    for (var key : new TreeSet<>(given.keySet())) {
      if (key.startsWith(word + ".")) {
        var value = given.remove(key);
        var last = key.lastIndexOf('.');
        var part = key.substring(last + 1);
        if (last <= word.length() || !parts.contains(part)) {
          problems.add("%s is no rule: it must be %s.NAME.%s".formatted(key, word, parts));
        } else {
          var name = key.substring(0, last);
          all.computeIfAbsent(name, none -> new HashMap<>()).put(part, value);
        }
      }
    }
    return all;
  }

  private Optional<Zone> zone(String name, Map<String, String> parts) {
    return tried(name, () -> new Zone(of(parts), ZoneId.of(required(name, parts, "is").strip())));
  }

  private Optional<Calendar> calendar(String name, Map<String, String> parts) {
    return tried(
        name,
        () ->
            new Calendar(
                of(parts),
                Calendar.dates(required(name, parts, "days")),
                Times.day(parts.getOrDefault("as", DayOfWeek.SUNDAY.name()))));
  }

  private Optional<Maintenance> maintenance(String name, Map<String, String> parts) {
    return tried(
        name, () -> new Maintenance(of(parts), Times.parse(required(name, parts, "when"))));
  }

  private static Match of(Map<String, String> parts) {
    return Match.parse(parts.getOrDefault(OF, ""));
  }

  private static String required(String name, Map<String, String> parts, String part) {
    var value = parts.get(part);
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException("%s.%s is missing".formatted(name, part));
    }
    return value;
  }

  private <T> Optional<T> tried(String name, java.util.function.Supplier<T> reading) {
    try {
      return Optional.of(reading.get());
    } catch (IllegalArgumentException | DateTimeException unreadable) {
      problems.add("%s: %s".formatted(name, unreadable.getMessage()));
      return Optional.empty();
    }
  }

  /** What is left is METRIC.SETTING; a metric may have dots. */
  private Map<String, DetectionConfig> metrics() {
    var settings = new TreeMap<String, Map<String, String>>();
    given.forEach(
        (key, value) -> {
          var last = key.lastIndexOf('.');
          var setting = PREFIX + key.substring(last + 1);
          if (last < 1 || DetectionConfig.KEYS.stream().noneMatch(k -> k.name().equals(setting))) {
            problems.add(
                "%s is no rule: it must be METRIC.SETTING, or zone., calendar. or maintenance."
                    .formatted(key));
          } else {
            settings
                .computeIfAbsent(key.substring(0, last), none -> new HashMap<>())
                .put(setting, value);
          }
        });
    var configs = new HashMap<String, DetectionConfig>();
    settings.forEach(
        (metric, flags) -> {
          var over = base.over(flags);
          configs.put(metric, DetectionConfig.from(over));
          over.problems().forEach(problem -> problems.add(metric + ": " + problem));
        });
    return configs;
  }
}
