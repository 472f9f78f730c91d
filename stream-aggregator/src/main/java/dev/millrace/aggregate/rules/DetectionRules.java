package dev.millrace.aggregate.rules;

import dev.millrace.aggregate.DetectionConfig;
import dev.millrace.aggregate.baseline.Season;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * What operators say of detection: settings of single metrics, time zones of places, days that are
 * like other days, and maintenance. Read from properties by {@link RulesReader}. Immutable but for
 * what has been worked out once; safe for use by several threads.
 */
public final class DetectionRules {
  private final DetectionConfig base;
  private final Map<String, DetectionConfig> metrics;
  private final List<Zone> zones;
  private final List<Calendar> calendars;
  private final List<Maintenance> maintenance;
  private final Map<Shared, SeriesRules> shared = new ConcurrentHashMap<>();

  /** Nothing beyond what holds for all. */
  public DetectionRules(DetectionConfig base) {
    this(base, Map.of(), List.of(), List.of(), List.of());
  }

  DetectionRules(
      DetectionConfig base,
      Map<String, DetectionConfig> metrics,
      List<Zone> zones,
      List<Calendar> calendars,
      List<Maintenance> maintenance) {
    this.base = base;
    this.metrics = Map.copyOf(metrics);
    this.zones = List.copyOf(zones);
    this.calendars = List.copyOf(calendars);
    this.maintenance = List.copyOf(maintenance);
  }

  /** The zone of some series. */
  record Zone(Match of, ZoneId zone) {}

  /** When some series are in maintenance. */
  record Maintenance(Match of, Times when) {}

  /** What makes rules of one series those of another. */
  private record Shared(
      DetectionConfig config, ZoneId zone, List<Calendar> calendars, List<Times> maintenance) {}

  /**
   * What holds for a series.
   *
   * @param field value, as text, of a dimension or label of the series, or null
   */
  public SeriesRules of(String topic, String metric, Function<String, String> field) {
    Function<String, String> all =
        name ->
            switch (name) {
              case Match.METRIC -> metric;
              case Match.TOPIC -> topic;
              default -> field.apply(name);
            };
    var zone =
        zones.stream()
            .filter(each -> each.of().matches(all))
            .map(Zone::zone)
            .findFirst()
            .orElse(ZoneOffset.UTC);
    var its =
        new Shared(
            metrics.getOrDefault(metric, base),
            zone,
            calendars.stream().filter(each -> each.of().matches(all)).toList(),
            maintenance.stream()
                .filter(each -> each.of().matches(all))
                .map(Maintenance::when)
                .toList());
    return shared.computeIfAbsent(its, this::rules);
  }

  private SeriesRules rules(Shared its) {
    var holidays = new HashMap<LocalDate, DayOfWeek>();
    its.calendars().forEach(each -> each.days().forEach(day -> holidays.put(day, each.as())));
    var plain = its.zone().equals(ZoneOffset.UTC) && holidays.isEmpty();
    var season = plain ? Season.UTC : new LocalSeason(its.zone(), holidays);
    return new SeriesRules(this, its.config(), season, its.zone(), its.maintenance());
  }
}
