package dev.millrace.producer.host;

import java.util.List;
import java.util.function.ToLongFunction;
import oshi.SystemInfo;
import oshi.hardware.GlobalMemory;
import oshi.hardware.HWDiskStore;
import oshi.hardware.HardwareAbstractionLayer;
import oshi.hardware.NetworkIF;
import oshi.software.os.OperatingSystem;

/** This machine, by way of OSHI. A look takes some milliseconds to some tens of them. */
final class OshiMachine implements Machine {
  private final HardwareAbstractionLayer hardware;
  private final OperatingSystem system;
  private long[] ticks;

  OshiMachine() {
    var info = new SystemInfo();
    hardware = info.getHardware();
    system = info.getOperatingSystem();
    ticks = hardware.getProcessor().getSystemCpuLoadTicks();
  }

  @Override
  public String name() {
    return system.getNetworkParams().getHostName();
  }

  @Override
  public Reading read() {
    var memory = hardware.getMemory();
    return new Reading(
        cpuPct(),
        percent(memory.getTotal() - memory.getAvailable(), memory.getTotal()),
        swapPct(memory),
        known(hardware.getProcessor().getSystemLoadAverage(1)[0]),
        system.getProcessCount(),
        system.getThreadCount(),
        system.getSystemUptime(),
        temperature(),
        counters());
  }

  private double cpuPct() {
    var before = ticks;
    ticks = hardware.getProcessor().getSystemCpuLoadTicks();
    return 100 * hardware.getProcessor().getSystemCpuLoadBetweenTicks(before, ticks);
  }

  private static double swapPct(GlobalMemory memory) {
    var swap = memory.getVirtualMemory();
    return swap.getSwapTotal() == 0 ? 0 : percent(swap.getSwapUsed(), swap.getSwapTotal());
  }

  /** OSHI answers 0 where there is no sensor. */
  private double temperature() {
    var celsius = hardware.getSensors().getCpuTemperature();
    return celsius == 0 ? Double.NaN : celsius;
  }

  private Counters counters() {
    var disks = hardware.getDiskStores();
    var networks = hardware.getNetworkIFs(true);
    return new Counters(
        sum(disks, HWDiskStore::getReadBytes),
        sum(disks, HWDiskStore::getWriteBytes),
        sum(networks, NetworkIF::getBytesRecv),
        sum(networks, NetworkIF::getBytesSent));
  }

  private static <T> long sum(List<T> parts, ToLongFunction<T> bytes) {
    return parts.stream().mapToLong(bytes).sum();
  }

  private static double percent(long part, long whole) {
    return 100.0 * part / whole;
  }

  private static double known(double value) {
    return value < 0 ? Double.NaN : value;
  }
}
