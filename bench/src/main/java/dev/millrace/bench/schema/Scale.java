package dev.millrace.bench.schema;

import dev.millrace.bench.load.Assets;
import dev.millrace.bench.load.AudioTraces;
import dev.millrace.bench.load.AudioWindows;
import dev.millrace.bench.load.Calls;
import dev.millrace.bench.load.GeneratedTable;
import dev.millrace.bench.load.HubEvents;
import dev.millrace.bench.load.HubMetrics;
import dev.millrace.bench.load.TimeSpan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * How much there is, and until when: what decides about every generated row, with {@link #SEED}.
 *
 * @param eventRows rows of {@code hub.events}
 * @param audioRows rows of {@code audio.metrics_agg_5s}, or a few more
 * @param metricRows rows of {@code hub.metrics}, or a few more
 * @param days how far back the hub's rows go
 * @param until the time of the newest row
 */
public record Scale(long eventRows, long audioRows, long metricRows, int days, Instant until) {
  private static final long SEED = 20_140_701;

  /** Windows of a minute are many: those of eight days, so that a query of seven has all. */
  private static final Duration METRIC_DAYS = Duration.ofDays(8);

  /** Calls are drawn by chance; so many more are drawn that there are enough. */
  private static final double MARGIN = 1.02;

  /** In words, for a report. */
  String describe() {
    return tables().stream().map(Scale::describe).collect(Collectors.joining(", "));
  }

  private static String describe(GeneratedTable table) {
    return String.format(
        Locale.ROOT, "%,d rows in %s", table.rows(), table.type().table().orElseThrow());
  }

  /** What can be asked for, drawn as the rows are. */
  Subjects subjects() {
    return new Subjects(new Assets(), metrics().assets(), calls());
  }

  /** The tables, in the order they are loaded. */
  List<GeneratedTable> tables() {
    var calls = calls();
    return List.of(
        new HubEvents(SEED, eventRows, TimeSpan.before(until, Duration.ofDays(days)), new Assets()),
        metrics(),
        new AudioTraces(calls),
        new AudioWindows(SEED, calls));
  }

  private HubMetrics metrics() {
    return new HubMetrics(SEED, metricRows, TimeSpan.before(until, METRIC_DAYS), new Assets());
  }

  private Calls calls() {
    return new Calls(SEED, MARGIN * audioRows / AudioWindows.rowsOfAWindow(), until);
  }
}
