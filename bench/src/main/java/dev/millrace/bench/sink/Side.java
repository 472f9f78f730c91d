package dev.millrace.bench.sink;

import java.util.Optional;

/** One way to write the rows of a {@link Load} into their table. Runs again and again. */
interface Side extends AutoCloseable {

  String name();

  /** Whether it is faster after a while, as a program is whose JVM is still compiling it. */
  default boolean warmsUp() {
    return true;
  }

  /** Writes all rows once, into the table as it was prepared. */
  Run run() throws Exception;

  @Override
  void close();

  /**
   * What one run took.
   *
   * @param rows written
   * @param seconds from the first to the last of them
   * @param cpuSeconds of the process that sent them, where it is known
   * @param batches transactions, where they are known
   * @param databaseCpuSeconds of the server meanwhile; 0 until it is known
   */
  record Run(
      long rows,
      double seconds,
      Optional<Double> cpuSeconds,
      Optional<Long> batches,
      double databaseCpuSeconds) {

    Run(long rows, double seconds, Optional<Double> cpuSeconds, Optional<Long> batches) {
      this(rows, seconds, cpuSeconds, batches, 0);
    }

    static Run of(long rows, double seconds) {
      return new Run(rows, seconds, Optional.empty(), Optional.empty());
    }

    Run withDatabaseCpu(double cpu) {
      return new Run(rows, seconds, cpuSeconds, batches, cpu);
    }

    double databaseCpuPerMillion() {
      return databaseCpuSeconds * 1e6 / rows;
    }

    double rowsPerSecond() {
      return rows / seconds;
    }

    double cpuPerMillion() {
      return cpuSeconds.orElseThrow() * 1e6 / rows;
    }
  }
}
