package dev.millrace.producer.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.catalog.Millrace;
import dev.millrace.producer.validate.RecordValidator;
import dev.millrace.producer.validate.TimeBounds;
import dev.millrace.schema.camera.SystemMetric;
import dev.millrace.schema.network.AvailabilityReading;
import dev.millrace.schema.network.PathReading;
import dev.millrace.schema.network.Reachability;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

class HostSourceTest {
  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  private static final InetSocketAddress TARGET =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);

  private final FakeMachine machine = new FakeMachine();
  private final Deque<Probe.Outcome> outcomes = new ArrayDeque<>();
  private Instant now = START;

  @Test
  void gaugesAreThereAtOnce() {
    assertThat(metrics(source().sweep()))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "cpu.used_pct", 12.5,
                "memory.used_pct", 50.0,
                "swap.used_pct", 0.0,
                "load.1m", 0.75,
                "process.count", 100.0,
                "thread.count", 400.0));
  }

  @Test
  void ratesAreTakenBetweenTwoSweeps() {
    var source = source();
    source.sweep();

    now = START.plusSeconds(2);
    machine.counters = new Machine.Counters(4_096, 2_048, 0, 20_480);

    assertThat(metrics(source.sweep()))
        .containsEntry("disk.read_kib_per_s", 2.0)
        .containsEntry("disk.write_kib_per_s", 1.0)
        .containsEntry("net.rx_kib_per_s", 0.0)
        .containsEntry("net.tx_kib_per_s", 10.0);
  }

  @Test
  void counterThatWentBackGivesNoRate() {
    var source = source();
    machine.counters = new Machine.Counters(4_096, 0, 0, 0);
    source.sweep();

    now = START.plusSeconds(1);
    machine.counters = new Machine.Counters(0, 0, 0, 0);

    assertThat(metrics(source.sweep()))
        .doesNotContainKey("disk.read_kib_per_s")
        .containsKey("disk.write_kib_per_s");
  }

  @Test
  void noRateWithoutTimeInBetween() {
    var source = source();
    source.sweep();

    assertThat(metrics(source.sweep())).doesNotContainKey("disk.read_kib_per_s");
  }

  @Test
  void hugeValuesFitTheColumn() {
    var source = source();
    source.sweep();
    now = START.plusMillis(1);
    machine.counters = new Machine.Counters(Long.MAX_VALUE, 0, 0, 0);

    assertThat(metrics(source.sweep()).get("disk.read_kib_per_s")).isLessThan(1e9);
  }

  @Test
  void latencyIsSummedUp() {
    answers(1, 3, 2, 6);

    var reading = only(PathReading.class, source(TARGET).sweep());

    assertThat(reading.getDestinationIp()).hasToString("127.0.0.1");
    assertThat(reading.getLatencyMs()).isEqualTo(3.0);
    assertThat(reading.getLatencyMinMs()).isEqualTo(1.0);
    assertThat(reading.getLatencyMaxMs()).isEqualTo(6.0);
    assertThat(reading.getLatencyStddevMs()).isCloseTo(Math.sqrt(14.0 / 3), within(1e-12));
    assertThat(reading.getJitterMs()).isCloseTo(7.0 / 3, within(1e-12));
    assertThat(reading.getPacketsSent()).isEqualTo(4);
    assertThat(reading.getPacketLossPct()).isEqualTo(0.0);
    assertThat(reading.getTestType()).hasToString("tcp");
    assertThat(reading.getRecordedAt()).isEqualTo(START);
  }

  @Test
  void lostProbesAreCountedAndHaveNoLatency() {
    answers(5);
    loses(Reachability.timeout, 3);

    var records = source(TARGET).sweep();

    var reading = only(PathReading.class, records);
    assertThat(reading.getPacketsReceived()).isEqualTo(1);
    assertThat(reading.getPacketLossPct()).isEqualTo(75.0);
    assertThat(reading.getLatencyMs()).isEqualTo(5.0);
    assertThat(reading.getJitterMs()).isNull();
    assertThat(only(AvailabilityReading.class, records).getPingStatus()).isEqualTo(Reachability.up);
  }

  @Test
  void serverThatIsDownHasNoLatency() {
    loses(Reachability.down, 4);

    var records = source(TARGET).sweep();

    assertThat(only(PathReading.class, records).getLatencyMs()).isNull();
    var availability = only(AvailabilityReading.class, records);
    assertThat(availability.getPingStatus()).isEqualTo(Reachability.down);
    assertThat(availability.getPingLatencyMs()).isNull();
  }

  @Test
  void availabilitySaysHowTheMachineIs() {
    var reading = only(AvailabilityReading.class, source().sweep());

    assertThat(reading.getDeviceIp()).hasToString("127.0.0.1");
    assertThat(reading.getCpuUtilizationPct()).isEqualTo(12.5);
    assertThat(reading.getMemoryUtilizationPct()).isEqualTo(50.0);
    assertThat(reading.getUptimeSeconds()).isEqualTo(3_600L);
    assertThat(reading.getTemperatureCelsius()).isNull();
    assertThat(reading.getPingStatus()).isNull();
  }

  @Test
  void hostWithoutAddressIsRefused() {
    var nowhere = InetSocketAddress.createUnresolved("nowhere.invalid", 80);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> source(nowhere))
        .withMessageContaining("nowhere.invalid");
  }

  @Test
  void thisMachineGivesRecordsFitToBePublished() throws IOException {
    try (var server = new ServerSocket(0, 16, InetAddress.getLoopbackAddress())) {
      var target = new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
      var records = HostSource.ofThisMachine(List.of(target), () -> START).sweep();

      records.forEach(HostSourceTest::validate);
      assertThat(metrics(records)).containsKeys("cpu.used_pct", "memory.used_pct");
      assertThat(only(AvailabilityReading.class, records).getPingStatus())
          .isEqualTo(Reachability.up);
    }
  }

  @Test
  void portWithoutServerIsDown() throws IOException {
    InetSocketAddress freed;
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      freed = new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
    }

    assertThat(new TcpProbe(Duration.ofSeconds(1)).connect(freed).status())
        .isEqualTo(Reachability.down);
  }

  private static void validate(SpecificRecord record) {
    var type =
        Millrace.CATALOG.types().stream()
            .filter(known -> known.schema().equals(record.getSchema()))
            .findFirst()
            .orElseThrow();
    new RecordValidator(type, new TimeBounds(Duration.ZERO, Duration.ZERO))
        .validate(record, START.toEpochMilli());
  }

  private HostSource source(InetSocketAddress... targets) {
    InstantSource clock = () -> now;
    return new HostSource(machine, target -> outcomes.remove(), List.of(targets), clock);
  }

  private void answers(double... millis) {
    for (var each : millis) {
      outcomes.add(new Probe.Outcome(Reachability.up, each));
    }
  }

  private void loses(Reachability status, int probes) {
    for (var i = 0; i < probes; i++) {
      outcomes.add(new Probe.Outcome(status, 1_000));
    }
  }

  private static Map<String, Double> metrics(List<SpecificRecord> records) {
    return records.stream()
        .filter(SystemMetric.class::isInstance)
        .map(SystemMetric.class::cast)
        .collect(Collectors.toMap(m -> m.getMetricName().toString(), SystemMetric::getValue));
  }

  private static <T> T only(Class<T> type, List<SpecificRecord> records) {
    var found = records.stream().filter(type::isInstance).map(type::cast).toList();
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  /** A machine at rest. */
  private static final class FakeMachine implements Machine {
    private Counters counters = new Counters(0, 0, 0, 0);

    @Override
    public String name() {
      return "test-host";
    }

    @Override
    public Reading read() {
      return new Reading(12.5, 50, 0, 0.75, 100, 400, 3_600, Double.NaN, counters);
    }
  }
}
