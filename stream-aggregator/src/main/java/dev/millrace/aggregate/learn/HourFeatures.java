package dev.millrace.aggregate.learn;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;
import dev.millrace.schema.Tier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The hour of an entity that is under way, and the next one while that waits for stragglers: of
 * each metric, what it came to. An hour is over when something comes that is half an hour past its
 * end; what comes for it later is left out. At most {@link #MAX_METRICS} metrics an hour are kept,
 * the first; how many windows others had is counted. Memory: some 150 bytes a metric and hour. One
 * thread; times are microseconds since the epoch.
 */
public final class HourFeatures {
  static final int MAX_METRICS = 64;
  private static final long HOUR = Tier.ONE_HOUR.micros();
  private static final long GRACE = Duration.ofMinutes(30).toMillis() * 1_000;
  private static final long NONE = Integer.MIN_VALUE;

  /**
   * An hour that is over.
   *
   * @param begin its begin
   * @param metrics at least one, by name
   * @param leftOut windows of metrics that were too many
   */
  public record Hour(long begin, Map<String, FeatureSum> metrics, int leftOut) {

    public long end() {
      return begin + HOUR;
    }
  }

  private long hour = NONE;
  private Metrics now = new Metrics();
  private Metrics next = new Metrics();

  /** The metrics of an hour, and how many windows of others there were. */
  private static final class Metrics {
    private final Map<String, FeatureSum> sums = new TreeMap<>();
    private int leftOut;

    FeatureSum find(String name) {
      var sum = sums.get(name);
      if (sum == null && sums.size() < MAX_METRICS) {
        sum = new FeatureSum();
        sums.put(name, sum);
      }
      leftOut += sum == null ? 1 : 0;
      return sum;
    }

    void encode(StateWriter out) {
      out.writeUnsigned(leftOut);
      out.writeUnsigned(sums.size());
      sums.forEach(
          (name, sum) -> {
            out.writeText(name);
            sum.encode(out);
          });
    }

    static Metrics decode(StateReader in) {
      var metrics = new Metrics();
      metrics.leftOut = in.readInt();
      var count = in.readInt();
      for (var i = 0; i < count; i++) {
        metrics.sums.put(in.readText(), FeatureSum.decode(in));
      }
      return metrics;
    }
  }

  /** The hours that are over when a window of this begin has come, of those that had anything. */
  public List<Hour> pass(long begin) {
    if (hour == NONE) {
      hour = Math.floorDiv(begin, HOUR);
    }
    var over = new ArrayList<Hour>();
    var last = Math.floorDiv(begin - GRACE, HOUR);
    while (hour < last && !(now.sums.isEmpty() && next.sums.isEmpty())) {
      if (!now.sums.isEmpty()) {
        over.add(new Hour(hour * HOUR, now.sums, now.leftOut));
      }
      now = next;
      next = new Metrics();
      hour++;
    }
    hour = Math.max(hour, last);
    return over;
  }

  /**
   * What a metric has come to in the hour that a window of this begin is in, to be added to.
   *
   * @return empty if the hour is over, or has its metrics
   */
  public Optional<FeatureSum> metric(String name, long begin) {
    var of = Math.floorDiv(begin, HOUR);
    if (of < hour) {
      return Optional.empty();
    }
    return Optional.ofNullable((of == hour ? now : next).find(name));
  }

  public void encode(StateWriter out) {
    out.writeLong(hour);
    now.encode(out);
    next.encode(out);
  }

  public static HourFeatures decode(StateReader in) {
    var features = new HourFeatures();
    features.hour = in.readLong();
    features.now = Metrics.decode(in);
    features.next = Metrics.decode(in);
    return features;
  }
}
