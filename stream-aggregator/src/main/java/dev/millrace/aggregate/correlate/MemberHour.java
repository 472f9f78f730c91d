package dev.millrace.aggregate.correlate;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;
import dev.millrace.schema.Tier;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * An hour of a member, for those that are compared with it: by metric, the mean deviation of its
 * series in each five minutes.
 *
 * @param begin of the hour, microseconds since the epoch
 * @param steps by metric; NaN where there is no value; not to be changed
 */
public record MemberHour(String member, long begin, Map<String, double[]> steps) {

  /** Of the series of a member. */
  public static MemberHour of(String member, long begin, Map<SeriesName, double[]> series) {
    var sums = new TreeMap<String, double[]>();
    var counts = new TreeMap<String, int[]>();
    new TreeMap<>(series)
        .forEach(
            (name, values) -> {
              var sum = sums.computeIfAbsent(name.metric(), m -> new double[HourGrid.STEPS]);
              var count = counts.computeIfAbsent(name.metric(), m -> new int[HourGrid.STEPS]);
              for (var step = 0; step < values.length; step++) {
                if (!Double.isNaN(values[step])) {
                  sum[step] += values[step];
                  count[step]++;
                }
              }
            });
    sums.forEach((metric, sum) -> Arrays.setAll(sum, step -> sum[step] / counts.get(metric)[step]));
    return new MemberHour(member, begin, sums);
  }

  /** Adds it to a group, each metric as one series. */
  public void addTo(CorrelationGroup group, String scope, GroupListener out) {
    steps.forEach(
        (metric, values) -> {
          var name = new SeriesName(metric, scope, member, "");
          for (var step = 0; step < values.length; step++) {
            if (!Double.isNaN(values[step])) {
              group.add(name, begin + step * Tier.FIVE_MINUTES.micros(), values[step], 1, out);
            }
          }
        });
  }

  public void encode(StateWriter out) {
    out.writeText(member);
    out.writeLong(begin);
    out.writeUnsigned(steps.size());
    steps.forEach(
        (metric, values) -> {
          out.writeText(metric);
          for (var value : values) {
            out.writeFloat((float) value);
          }
        });
  }

  public static MemberHour decode(StateReader in) {
    var member = in.readText();
    var begin = in.readLong();
    var count = in.readInt();
    var steps = new TreeMap<String, double[]>();
    for (var i = 0; i < count; i++) {
      var metric = in.readText();
      var values = new double[HourGrid.STEPS];
      Arrays.setAll(values, step -> in.readFloat());
      steps.put(metric, values);
    }
    return new MemberHour(member, begin, steps);
  }
}
