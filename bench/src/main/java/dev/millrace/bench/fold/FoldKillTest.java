package dev.millrace.bench.fold;

import dev.millrace.bench.rounds.Asked;
import dev.millrace.bench.site.Offsets;
import dev.millrace.bench.site.Site;
import dev.millrace.bench.site.Waiting;
import dev.millrace.bench.traffic.Publishing;
import dev.millrace.catalog.Millrace;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.Tier;
import dev.millrace.schema.hub.HubRecords;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;

/**
 * Publishes samples without a pause, and round by round kills, stops or moves aggregators; in the
 * end the last revision of every window must be what its samples give, and every revision must have
 * come once. One thread, beside that of the publisher.
 */
final class FoldKillTest {
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final int ANY_MOMENT_MILLIS = 1_500;
  private static final int BEYOND_SESSION_MILLIS = 3_000;
  private static final String GROUP = "fold-kill";
  private static final long LATENESS_MICROS = 60_000_000;
  private static final long IDLE_MILLIS = 12_000;

  private static final Map<Tier, RecordType> TIERS =
      Map.of(
          Tier.FIVE_SECONDS, HubRecords.WINDOWS_5S,
          Tier.ONE_MINUTE, HubRecords.WINDOWS_1M,
          Tier.FIVE_MINUTES, HubRecords.WINDOWS_5M,
          Tier.ONE_HOUR, HubRecords.WINDOWS_1H,
          Tier.ONE_DAY, HubRecords.WINDOWS_1D);

  /** Deaths are noticed soon, and so is silence. */
  private static final Map<String, String> KEYS =
      Map.ofEntries(
          Map.entry("aggregator.application_id", GROUP),
          Map.entry("aggregator.commit_interval_ms", "200"),
          Map.entry("aggregator.idle_timeout_ms", Long.toString(IDLE_MILLIS)),
          Map.entry("aggregator.lateness_ms", Long.toString(LATENESS_MICROS / 1_000)),
          Map.entry("kafka.main.consumer.session.timeout.ms", "1500"),
          Map.entry("kafka.main.consumer.heartbeat.interval.ms", "300"),
          Map.entry("kafka.main.consumer.max.poll.interval.ms", "10000"),
          Map.entry("kafka.producer.transaction.timeout.ms", "3000"),
          Map.entry("kafka.reconnect.backoff.max.ms", "300"));

  private final Asked options;
  private final Consumer<String> tell;
  private int kills;

  /** Prepares one; {@code tell} is told of each round. */
  FoldKillTest(Asked options, Consumer<String> tell) {
    this.options = options;
    this.tell = tell;
  }

  FoldKillReport run() throws Exception {
    var begin = System.nanoTime();
    var from = Instant.now().truncatedTo(ChronoUnit.HOURS).minus(1, ChronoUnit.DAYS);
    var traffic = new FoldTraffic(options.seed(), from);
    var random = new Random(options.seed());
    var acts = new EnumMap<FoldAct, Integer>(FoldAct.class);
    try (var site = Site.withoutDatabase(options.folder(), Millrace.CATALOG);
        var admin = Admin.create(Map.copyOf(site.kafka()));
        var publishing =
            new Publishing(List.of(traffic), options.rate(), site.kafka(), site.registry());
        var fleet = new FoldFleet(site, KEYS, options.folder().resolve("states"), random)) {
      publishing.start();
      fleet.add();
      fleet.add();
      awaitProgress(admin, fleet, "the first samples");
      var order = FoldAct.rounds(options.rounds(), random);
      for (var round = 0; round < order.size(); round++) {
        var act = order.get(round);
        var since = System.nanoTime();
        perform(act, site, fleet, random);
        acts.merge(act, 1, Integer::sum);
        awaitProgress(admin, fleet, "samples after " + act.label());
        tell.accept(
            "round %d of %d: %s, %d processes, going on after %,d ms"
                .formatted(
                    round + 1,
                    order.size(),
                    act.label(),
                    fleet.size(),
                    (System.nanoTime() - since) / 1_000_000));
      }
      publishing.finish();
      return check(site, admin, fleet, traffic, publishing.published(), acts, begin);
    }
  }

  private void perform(FoldAct act, Site site, FoldFleet fleet, Random random) {
    switch (act) {
      case KILL -> {
        atAnyMoment(random);
        fleet.any().kill();
        kills++;
      }
      case KILL_ALL -> {
        atAnyMoment(random);
        kills += fleet.size();
        fleet.killAll();
      }
      case PAUSE -> {
        if (fleet.size() == 1) {
          fleet.add();
        }
        var stopped = fleet.any();
        stopped.pause();
        pass(BEYOND_SESSION_MILLIS);
        stopped.resume();
      }
      case SCALE -> {
        if (fleet.size() == 1 || (fleet.size() < FoldFleet.MOST && random.nextBoolean())) {
          fleet.add();
        } else {
          fleet.remove();
        }
      }
      case RESTART_BROKER -> site.restartBroker();
    }
    fleet.mend();
  }

  private static void atAnyMoment(Random random) {
    pass(random.nextInt(ANY_MOMENT_MILLIS));
  }

  private static void pass(long millis) {
    var end = System.nanoTime() + millis * 1_000_000;
    for (var left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  /** Until more is folded, and committed, than when this was called. */
  private static void awaitProgress(Admin admin, FoldFleet fleet, String what) {
    var before = new long[] {-1};
    Waiting.until(
        what + " to be folded",
        PATIENCE,
        () -> {
          fleet.mend();
          var now = folded(admin);
          if (before[0] < 0) {
            before[0] = now;
          }
          return now > before[0];
        });
  }

  private static long folded(Admin admin) {
    return Offsets.committed(admin, GROUP, HubRecords.SAMPLES.topic());
  }

  private FoldKillReport check(
      Site site,
      Admin admin,
      FoldFleet fleet,
      FoldTraffic traffic,
      long samples,
      Map<FoldAct, Integer> acts,
      long begin) {
    Waiting.until(
        "all %,d samples to be folded".formatted(samples),
        PATIENCE,
        () -> {
          fleet.mend();
          return folded(admin) >= samples;
        });
    var expected = new Expected(traffic, samples, LATENESS_MICROS, TIERS.keySet()).windows();
    try (var published = new Published(TIERS, site.kafka(), site.registry())) {
      // The last windows close for silence.
      var complete =
          Waiting.within(
              PATIENCE,
              () -> {
                published.readOn();
                return published.windows().equals(expected);
              });
      fleet.stop();
      published.readOn();
      if (!complete) {
        tell.accept("not every window came to be what it should be");
      }
      return report(published, expected, samples, acts, begin);
    }
  }

  private FoldKillReport report(
      Published published,
      Map<Expected.Place, Expected.Figures> expected,
      long samples,
      Map<FoldAct, Integer> acts,
      long begin) {
    var found = published.windows();
    var missing = expected.keySet().stream().filter(place -> !found.containsKey(place)).count();
    var unwanted = found.keySet().stream().filter(place -> !expected.containsKey(place)).count();
    var wrong =
        found.entrySet().stream()
            .filter(window -> expected.containsKey(window.getKey()))
            .filter(window -> !expected.get(window.getKey()).equals(window.getValue()))
            .count();
    return new FoldKillReport(
        options.seed(),
        options.rounds(),
        acts,
        kills,
        samples,
        expected.size(),
        missing,
        wrong,
        unwanted,
        published.outOfOrder(),
        published.revised(),
        (System.nanoTime() - begin) / 1_000_000_000);
  }
}
