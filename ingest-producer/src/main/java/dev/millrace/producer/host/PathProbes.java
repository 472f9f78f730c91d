package dev.millrace.producer.host;

import dev.millrace.schema.network.PathReading;
import dev.millrace.schema.network.Reachability;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Several probes of one target, summed up.
 *
 * @param outcomes how they ended, in their order; at least one
 */
record PathProbes(List<Probe.Outcome> outcomes) {

  PathProbes {
    outcomes = List.copyOf(outcomes);
  }

  static PathProbes run(Probe probe, InetSocketAddress target, int probes) {
    return new PathProbes(Stream.generate(() -> probe.connect(target)).limit(probes).toList());
  }

  /** Up if any probe was answered, else how the last one failed. */
  Reachability status() {
    return outcomes.stream().anyMatch(Probe.Outcome::answered)
        ? Reachability.up
        : outcomes.get(outcomes.size() - 1).status();
  }

  /** Mean latency in milliseconds of the answered probes, null if there were none. */
  Double latency() {
    var answered = answered();
    return answered.length == 0 ? null : summary(answered).getAverage();
  }

  PathReading reading(String source, String destination, Instant time) {
    var answered = answered();
    var lost = outcomes.size() - answered.length;
    var reading =
        PathReading.newBuilder()
            .setSourceIp(source)
            .setDestinationIp(destination)
            .setPacketsSent(outcomes.size())
            .setPacketsReceived(answered.length)
            .setPacketLossPct(100.0 * lost / outcomes.size())
            .setTestType("tcp")
            .setTestDurationMs((int) outcomes.stream().mapToDouble(Probe.Outcome::millis).sum())
            .setRecordedAt(time)
            .build();
    if (answered.length > 0) {
      setLatency(reading, answered);
    }
    return reading;
  }

  private static void setLatency(PathReading reading, double[] millis) {
    var summary = summary(millis);
    reading.setLatencyMs(summary.getAverage());
    reading.setLatencyMinMs(summary.getMin());
    reading.setLatencyMaxMs(summary.getMax());
    if (millis.length > 1) {
      reading.setLatencyStddevMs(deviation(millis, summary.getAverage()));
      reading.setJitterMs(jitter(millis));
    }
  }

  private double[] answered() {
    return outcomes.stream()
        .filter(Probe.Outcome::answered)
        .mapToDouble(Probe.Outcome::millis)
        .toArray();
  }

  private static DoubleSummaryStatistics summary(double[] millis) {
    return Arrays.stream(millis).summaryStatistics();
  }

  private static double deviation(double[] millis, double mean) {
    var squares = Arrays.stream(millis).map(m -> (m - mean) * (m - mean)).sum();
    return Math.sqrt(squares / (millis.length - 1));
  }

  private static double jitter(double[] millis) {
    return IntStream.range(1, millis.length)
        .mapToDouble(i -> Math.abs(millis[i] - millis[i - 1]))
        .average()
        .orElseThrow();
  }
}
