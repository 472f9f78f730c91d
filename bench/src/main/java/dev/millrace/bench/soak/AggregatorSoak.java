package dev.millrace.bench.soak;

import dev.millrace.bench.machine.Machine;
import dev.millrace.bench.report.Comparison;
import dev.millrace.bench.report.Report;
import dev.millrace.bench.report.Samples;
import dev.millrace.bench.report.Target;
import dev.millrace.bench.site.Offsets;
import dev.millrace.bench.site.Site;
import dev.millrace.bench.site.Waiting;
import dev.millrace.bench.traffic.Publishing;
import dev.millrace.bench.traffic.SteadySamples;
import dev.millrace.catalog.Millrace;
import dev.millrace.schema.hub.HubRecords;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;

/**
 * One aggregator process as it is out of the box, the hub's samples of many series, one rate; each
 * sample is published when it is measured. Samples of the process are taken while it runs. At the
 * end the series fall silent, every window closes, and each of five seconds must count what was
 * published for it. One thread, beside that of the publisher.
 */
final class AggregatorSoak {
  private static final String NAME = "soak";
  private static final List<String> JAVA = List.of("-Xmx1g", "-XX:+UseParallelGC");
  private static final String SERIES = "millrace_aggregator_series";
  private static final Duration DRAIN = Duration.ofMinutes(2);
  private static final Duration CLOSE = Duration.ofMinutes(1);

  private final Asked asked;
  private final int series;
  private final Duration idle;
  private final Consumer<Sample.OfAggregator> tell;

  /**
   * Prepares one.
   *
   * @param series that the samples are of
   * @param idle after how long a silence a series is closed; longer than it may lag
   * @param tell is told of each sample
   */
  AggregatorSoak(Asked asked, int series, Duration idle, Consumer<Sample.OfAggregator> tell) {
    this.asked = asked;
    this.series = series;
    this.idle = idle;
    this.tell = tell;
  }

  Report run() throws SQLException, IOException {
    try (var site = Site.withoutDatabase(asked.folder(), Millrace.CATALOG);
        var admin = Admin.create(Map.copyOf(site.kafka()));
        var aggregator = site.aggregator(NAME, JAVA, keys())) {
      var meters = Meters.ofReady(aggregator);
      var traffic = new SteadySamples("soak", series, asked.rate(), Instant.now());
      try (var publishing =
          new Publishing(List.of(traffic), asked.rate(), site.kafka(), site.registry())) {
        publishing.start();
        var samples =
            new Sampler<>(asked, tell)
                .sample(
                    aggregator,
                    (seconds, probe) -> look(seconds, publishing, admin, meters, probe));
        publishing.finish();
        var results = new ArrayList<>(Verdict.ofAggregator(samples, asked.rate()));
        results.add(windows(traffic, publishing.published(), site, admin, meters));
        aggregator.endInOrder();
        return new Report("soak", Machine.here(), 1, results);
      }
    }
  }

  private Map<String, String> keys() {
    return Map.of(
        "aggregator.application_id",
        NAME,
        "aggregator.state_dir",
        asked.folder().resolve("state").toString(),
        "aggregator.idle_timeout_ms",
        Long.toString(idle.toMillis()),
        Meters.LISTEN,
        Meters.ANY_PORT);
  }

  private static Sample.OfAggregator look(
      double seconds, Publishing publishing, Admin admin, Meters meters, JvmProbe probe)
      throws IOException {
    var published = publishing.published();
    var folded = folded(admin);
    var behind = Math.max(0, published - folded);
    var page = meters.scrape();
    return new Sample.OfAggregator(
        new Moment(seconds, folded, behind, probe.footprint()),
        page.sum(SERIES),
        page.sum("millrace_aggregator_windows_open"));
  }

  private static long folded(Admin admin) {
    return Offsets.committed(admin, NAME, HubRecords.SAMPLES.topic());
  }

  private Comparison windows(
      SteadySamples traffic, long published, Site site, Admin admin, Meters meters) {
    var all = Waiting.within(DRAIN, () -> folded(admin) >= published);
    var expected = FinestWindows.expected(traffic, published);
    try (var windows = new FinestWindows(traffic, site.kafka(), site.registry())) {
      var unused =
          Waiting.within(
              all ? idle.plus(CLOSE) : Duration.ZERO,
              () -> windows.readOn().samples() >= published);
      var found = windows.readOn();
      return new Comparison(
          "windows",
          "windows",
          Samples.of((double) expected.windows() - expected.differing(found)),
          Samples.of((double) expected.windows()),
          "published",
          Target.atLeast(1),
          Map.of(
              "samples_counted",
              found.samples(),
              "samples_published",
              published,
              "series",
              meters.scrape().sum(SERIES)));
    }
  }
}
