package dev.millrace.sink.queries;

import static dev.millrace.sink.queries.Answer.row;
import static java.util.stream.Collectors.groupingBy;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Recent events of an asset, its hours, and what ties events together. */
abstract class HubQueries extends DomainQueries {
  record Event(UUID id, Instant at, String type, String asset, String tenant, String payload) {}

  record Metric(
      Instant at,
      Duration length,
      String asset,
      String name,
      double average,
      Double p95,
      Double p99) {}

  record Correlation(Instant at, UUID primary, UUID related, double strength) {}

  private static final List<String> TYPES = List.of("telemetry", "security", "cost", "governance");

  private final List<Event> events = new ArrayList<>();
  private final List<Metric> metrics = new ArrayList<>();
  private final List<Correlation> correlations = new ArrayList<>();

  HubQueries(QueriedDatabase database) {
    super(database, "hub");
  }

  @Override
  void load() throws SQLException {
    // More of the asset in 24 hours than the query asks for, and some before.
    for (var minutes = 1; minutes < 1600; minutes++) {
      events.add(event("gpt-4", before(minutes, ChronoUnit.MINUTES)));
      if (minutes % 7 == 0) {
        events.add(event("gemini", before(minutes * 60L + 1, ChronoUnit.SECONDS)));
      }
    }
    for (var asset : List.of("gpt-4", "gemini")) {
      for (var name : List.of("latency", "tokens")) {
        addMetrics(asset, name, Duration.ofMinutes(5), 26 * 12);
        addMetrics(asset, name, Duration.ofHours(1), 9 * 24);
      }
    }
    for (var minutes = 1; minutes < 120; minutes += 2) {
      correlations.add(
          new Correlation(
              before(minutes, ChronoUnit.MINUTES),
              events.get(random.nextInt(200)).id,
              // Now and then the other event is not known yet.
              minutes % 5 == 0 ? uuid() : events.get(random.nextInt(200)).id,
              0.5 + random.nextDouble() / 2));
    }
    store();
  }

  private Event event(String asset, Instant at) {
    return new Event(
        uuid(),
        at,
        TYPES.get(random.nextInt(TYPES.size())),
        asset,
        "tenant-" + random.nextInt(6),
        "{\"value\": %d}".formatted(random.nextInt(100)));
  }

  private void addMetrics(String asset, String name, Duration length, int count) {
    var seconds = length.toSeconds();
    var last = base().getEpochSecond() / seconds * seconds;
    for (var window = 1; window <= count; window++) {
      metrics.add(
          new Metric(
              Instant.ofEpochSecond(last - window * seconds),
              length,
              asset,
              name,
              random.nextDouble() * 100,
              window % 11 == 0 ? null : random.nextDouble() * 200,
              random.nextDouble() * 300));
    }
  }

  private void store() throws SQLException {
    database.insert(
        "hub.events",
        "id, timestamp, source_module, event_type, asset_id, severity, environment, tenant_id, payload",
        events.stream()
            .map(e -> row(e.id, e.at, "m", e.type, e.asset, "info", "prod", e.tenant, e.payload))
            .toList());
    database.insert(
        "hub.metrics",
        "timestamp, time_bucket, asset_id, metric_type, metric_name, tenant_id, value_count, value_avg, value_min,"
            + " value_max, value_p95, value_p99",
        metrics.stream()
            .map(
                m ->
                    row(
                        m.at,
                        m.length.toString(),
                        m.asset,
                        "model",
                        m.name,
                        "tenant-1",
                        12,
                        m.average,
                        m.average - 1,
                        m.average + 1,
                        m.p95,
                        m.p99))
            .toList());
    database.insert(
        "hub.correlations",
        "timestamp, correlation_type, primary_event_id, related_event_id, strength, confidence, tenant_id",
        correlations.stream()
            .map(c -> row(c.at, "causal", c.primary, c.related, c.strength, 0.5, "tenant-1"))
            .toList());
  }

  @Test
  void recentEventsByAsset() throws SQLException {
    var answer = ask("recent_events_by_asset");
    var expected =
        events.stream()
            .filter(e -> e.asset.equals("gpt-4"))
            .filter(e -> !e.at.isBefore(answer.now().minus(24, ChronoUnit.HOURS)))
            .sorted(Comparator.comparing((Event e) -> e.at).reversed())
            .limit(1000)
            .map(e -> row(e.id, e.at, e.type, e.asset, e.tenant, Answer.json(e.payload)))
            .toList();
    answer.only("id", "timestamp", "event_type", "asset_id", "tenant_id", "payload").is(expected);
  }

  /** As editions without continuous aggregates answer: from the windows of an hour. */
  @Test
  void aggregatedMetrics() throws SQLException {
    var answer = ask("aggregated_metrics");
    answer.is(
        metrics.stream()
            .filter(m -> m.length.equals(Duration.ofHours(1)))
            .filter(m -> m.asset.equals("gpt-4") && m.name.equals("latency"))
            .filter(m -> !m.at.isBefore(answer.now().minus(7, ChronoUnit.DAYS)))
            .sorted(Comparator.comparing((Metric m) -> m.at).reversed())
            .map(m -> row(m.at, m.average, m.p95, m.p99))
            .toList());
  }

  @Test
  void crossModuleCorrelation() throws SQLException {
    var byId = new HashMap<UUID, Event>();
    events.forEach(event -> byId.put(event.id, event));
    var answer = ask("cross_module_correlation");
    answer.is(
        correlations.stream()
            .filter(c -> !c.at.isBefore(answer.now().minus(1, ChronoUnit.HOURS)))
            .filter(c -> c.strength > 0.8)
            .filter(c -> byId.containsKey(c.primary) && byId.containsKey(c.related))
            .sorted(Comparator.comparing((Correlation c) -> c.strength).reversed())
            .map(
                c ->
                    row(
                        c.primary,
                        byId.get(c.primary).type,
                        c.related,
                        byId.get(c.related).type,
                        "causal",
                        c.strength))
            .toList());
  }

  @Test
  void metricsHourlyDefinition() throws SQLException {
    var expected = new ArrayList<List<Object>>();
    metrics.stream()
        .filter(m -> m.length.equals(Duration.ofMinutes(5)))
        .collect(groupingBy(m -> List.of(m.at.truncatedTo(ChronoUnit.HOURS), m.asset, m.name)))
        .forEach(
            (series, windows) -> {
              var average = Figures.of(windows.stream().map(Metric::average).toList());
              expected.add(
                  row(
                      series.get(0),
                      series.get(1),
                      "model",
                      series.get(2),
                      "tenant-1",
                      (long) windows.size(),
                      average.mean(),
                      average.min() - 1,
                      average.max() + 1,
                      Figures.of(windows.stream().map(Metric::p95).toList()).quantile(0.95),
                      Figures.of(windows.stream().map(Metric::p99).toList()).quantile(0.99)));
            });
    ask("metrics_hourly_definition").isInAnyOrder(expected);
  }

  private UUID uuid() {
    return new UUID(random.nextLong(), random.nextLong());
  }
}
