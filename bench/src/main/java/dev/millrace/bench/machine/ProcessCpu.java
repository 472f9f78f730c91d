package dev.millrace.bench.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * The processor time of a process and of all that came from it: of a PostgreSQL server every
 * backend, those that have ended too. Read before and after; the difference is what the work cost.
 *
 * <p>From {@code /proc} on Linux, in steps of 10 ms. Elsewhere from the JDK, where children that
 * have ended are not counted.
 */
public final class ProcessCpu {
  /** The kernel's clock ticks, which {@code /proc} counts in: 100 a second on every Linux. */
  private static final double TICKS_A_SECOND = 100;

  /** Of {@code /proc/pid/stat}, counted from behind the name: user and system, own and reaped. */
  private static final int FIRST_TIME = 11;

  private static final int LAST_TIME = 14;

  private ProcessCpu() {}

  /**
   * Seconds so far; 0 for a process that is not there.
   *
   * @param processId the root of the tree
   */
  public static double seconds(long processId) {
    return ProcessHandle.of(processId).stream()
        .flatMap(root -> Stream.concat(Stream.of(root), root.descendants()))
        .mapToDouble(ProcessCpu::ofOne)
        .sum();
  }

  private static double ofOne(ProcessHandle process) {
    var stat = Path.of("/proc", Long.toString(process.pid()), "stat");
    try {
      return ticks(Files.readString(stat)) / TICKS_A_SECOND;
    } catch (IOException noSuchFile) {
      return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e9;
    }
  }

  /** The name of a program stands in brackets and may hold anything. */
  private static long ticks(String stat) {
    var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    var sum = 0L;
    for (var field = FIRST_TIME; field <= LAST_TIME; field++) {
      sum += Long.parseLong(fields[field]);
    }
    return sum;
  }
}
