package dev.millrace.producer.host;

import dev.millrace.schema.network.AvailabilityReading;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;

/**
 * Real measurements of this machine: system metrics, its availability, and the TCP connect latency
 * from it to given servers. One call is one sweep; the caller schedules. Used by one thread.
 *
 * <p>A sweep takes some tens of milliseconds, and up to {@value #PROBES} time-outs for a server
 * that does not answer.
 */
public final class HostSource {
  private static final String LOOPBACK = "127.0.0.1";
  private static final int PROBES = 4;
  private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(1);

  private final Machine machine;
  private final Probe probe;
  private final List<InetSocketAddress> targets;
  private final InstantSource clock;
  private final SystemMetrics metrics;

  HostSource(Machine machine, Probe probe, List<InetSocketAddress> targets, InstantSource clock) {
    targets.forEach(HostSource::requireResolved);
    this.machine = machine;
    this.probe = probe;
    this.targets = List.copyOf(targets);
    this.clock = clock;
    this.metrics = new SystemMetrics(machine.name());
  }

  /**
   * Measures this machine.
   *
   * @param targets servers whose latency is measured; the first also says whether this machine's
   *     network is up
   * @param clock gives the records their event time
   * @throws IllegalArgumentException if a target's host name has no address
   */
  public static HostSource ofThisMachine(List<InetSocketAddress> targets, InstantSource clock) {
    return new HostSource(new OshiMachine(), new TcpProbe(PROBE_TIMEOUT), targets, clock);
  }

  /**
   * Measures once: {@code SystemMetric}s (rates from the second sweep on), one {@code
   * AvailabilityReading} and a {@code PathReading} a target, all with the time at which the sweep
   * began.
   */
  public List<SpecificRecord> sweep() {
    var time = clock.instant();
    var reading = machine.read();
    var tests = tests();
    var records = new ArrayList<SpecificRecord>(metrics.of(reading, time));
    records.add(availability(reading, List.copyOf(tests.values()), time));
    tests.forEach(
        (target, test) ->
            records.add(test.reading(LOOPBACK, target.getAddress().getHostAddress(), time)));
    return records;
  }

  private Map<InetSocketAddress, PathProbes> tests() {
    var tests = new LinkedHashMap<InetSocketAddress, PathProbes>();
    targets.forEach(target -> tests.put(target, PathProbes.run(probe, target, PROBES)));
    return tests;
  }

  private static AvailabilityReading availability(
      Machine.Reading reading, List<PathProbes> tests, Instant time) {
    var builder =
        AvailabilityReading.newBuilder()
            .setDeviceIp(LOOPBACK)
            .setCpuUtilizationPct(known(reading.cpuPct()))
            .setMemoryUtilizationPct(known(reading.memoryPct()))
            .setTemperatureCelsius(known(reading.celsius()))
            .setUptimeSeconds(reading.uptimeSeconds())
            .setRecordedAt(time);
    if (!tests.isEmpty()) {
      builder.setPingStatus(tests.get(0).status()).setPingLatencyMs(tests.get(0).latency());
    }
    return builder.build();
  }

  private static Double known(double value) {
    return Double.isFinite(value) ? value : null;
  }

  private static void requireResolved(InetSocketAddress target) {
    if (target.isUnresolved()) {
      throw new IllegalArgumentException(
          "host name '%s' has no address; check it, or give an address"
              .formatted(target.getHostString()));
    }
  }
}
