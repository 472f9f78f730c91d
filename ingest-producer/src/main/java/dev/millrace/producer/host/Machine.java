package dev.millrace.producer.host;

/** The machine, as far as it is measured. Used by one thread. */
interface Machine {

  /** Name of the machine. */
  String name();

  /** What it is like now. */
  Reading read();

  /**
   * One look at the machine. What it cannot tell is NaN, or negative for counters.
   *
   * @param cpuPct CPU use since the look before, 0 to 100
   * @param memoryPct memory use, 0 to 100
   * @param swapPct swap use, 0 to 100
   * @param load load average of the last minute
   * @param processes running processes
   * @param threads running threads
   * @param uptimeSeconds seconds since boot
   * @param celsius temperature of the CPU
   * @param counters bytes since boot
   */
  record Reading(
      double cpuPct,
      double memoryPct,
      double swapPct,
      double load,
      int processes,
      int threads,
      long uptimeSeconds,
      double celsius,
      Counters counters) {}

  /** Bytes moved since boot, over all disks and all network interfaces. */
  record Counters(long diskRead, long diskWritten, long received, long sent) {}
}
