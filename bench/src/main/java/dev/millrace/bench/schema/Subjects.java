package dev.millrace.bench.schema;

import dev.millrace.bench.load.Assets;
import dev.millrace.bench.load.AudioWindows;
import dev.millrace.bench.load.Call;
import dev.millrace.bench.load.Calls;
import dev.millrace.bench.load.HubMetrics;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * What queries ask for. Busy assets are asked for more often, as they have more events.
 *
 * @param assets all of them
 * @param measured how many of the busiest have metrics
 * @param calls all of them
 */
record Subjects(Assets assets, int measured, Calls calls) {

  String asset(RandomGenerator random) {
    return assets.name(assets.draw(random));
  }

  String measuredAsset(RandomGenerator random) {
    return assets.name(random.nextInt(measured));
  }

  String metric(RandomGenerator random) {
    return HubMetrics.NAMES.get(random.nextInt(HubMetrics.NAMES.size()));
  }

  /** One that had a call within the last day. */
  String station(RandomGenerator random) {
    return calls.drawStation(random, Duration.ofDays(1));
  }

  String audioMetric(RandomGenerator random) {
    return AudioWindows.METRICS.get(random.nextInt(AudioWindows.METRICS.size()));
  }

  Call call(RandomGenerator random) {
    return calls.draw(random);
  }
}
