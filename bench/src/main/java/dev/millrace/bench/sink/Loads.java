package dev.millrace.bench.sink;

import dev.millrace.bench.load.Assets;
import dev.millrace.bench.load.AudioWindows;
import dev.millrace.bench.load.Calls;
import dev.millrace.bench.load.CameraEvents;
import dev.millrace.bench.load.HubEvents;
import dev.millrace.bench.load.TimeSpan;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What the suite writes. The newest row is of the hour in which this was made.
 *
 * @param rows of a benchmark
 * @param bareRows of the one whose rows are written many times faster
 * @param until the time of the newest row
 */
record Loads(long rows, long bareRows, Instant until) {
  private static final long SEED = 20_140_701;

  /** Calls are drawn by chance; so many more are drawn that there are enough, also of few. */
  private static final double MARGIN = 1.1;

  private static final int MORE_WINDOWS = 2_000;

  static Loads of(long rows, long bareRows) {
    return new Loads(rows, bareRows, Instant.now().truncatedTo(ChronoUnit.HOURS));
  }

  Load audio() {
    return audio("audio", rows, 1);
  }

  Load audioOnTwoPartitions() {
    return audio("two", rows, 2);
  }

  /** On four partitions. */
  Load latency(long count) {
    return audio("latency", count, 4);
  }

  Load bareAudio() {
    return audio("bare", bareRows, 1);
  }

  private Load audio(String name, long count, int partitions) {
    var windows = MORE_WINDOWS + MARGIN * count / AudioWindows.rowsOfAWindow();
    var table = new AudioWindows(SEED, new Calls(SEED, windows, until));
    return new Load(name, table, count, partitions);
  }

  Load hubEvents() {
    var span = TimeSpan.before(until, Duration.ofDays(1));
    return new Load("hub", new HubEvents(SEED, rows, span, new Assets()), rows, 1);
  }

  Load cameraEvents() {
    var span = TimeSpan.before(until, Duration.ofDays(1));
    return new Load("camera", new CameraEvents(SEED, rows, span), rows, 1);
  }
}
