package dev.millrace.bench.sink;

import com.sun.management.OperatingSystemMXBean;
import dev.millrace.sink.SinkMetrics;
import java.lang.management.ManagementFactory;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Takes the time from the first poll that brought records to the commit of the last one, and the
 * processor time of this JVM between the two: compilers and collectors included. Called by all
 * threads of a sink.
 */
final class Stopwatch implements SinkMetrics {
  private final OperatingSystemMXBean system =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private final CountDownLatch done = new CountDownLatch(1);
  private final long records;
  private boolean begun;
  private long beganAt;
  private long cpuAtBegin;
  private long stored;
  private long batches;
  private String finished = "";

  /**
   * @param records how many are to be stored
   */
  Stopwatch(long records) {
    this.records = records;
  }

  @Override
  public synchronized void read(String topic, int partition, int some) {
    if (!begun) {
      begun = true;
      beganAt = System.nanoTime();
      cpuAtBegin = system.getProcessCpuTime();
    }
  }

  @Override
  public synchronized void committed(
      String topic, int partition, int some, long bytes, long nanos) {
    stored += some;
    batches++;
    if (stored >= records && finished.isEmpty()) {
      var run =
          new SinkRun(
              stored,
              batches,
              (System.nanoTime() - beganAt) / 1e9,
              (system.getProcessCpuTime() - cpuAtBegin) / 1e9);
      finished = run.toLine();
      done.countDown();
    }
  }

  @Override
  public void deadLettered(String topic, int partition, String code) {
    throw new IllegalStateException("a generated record was refused: " + code);
  }

  /** Waits for the last commit, a second at most; answers a {@link SinkRun} as a line. */
  Optional<String> await() throws InterruptedException {
    return done.await(1, TimeUnit.SECONDS) ? Optional.of(finished) : Optional.empty();
  }
}
