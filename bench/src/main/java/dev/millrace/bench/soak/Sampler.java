package dev.millrace.bench.soak;

import dev.millrace.bench.site.ProductProcess;
import dev.millrace.bench.site.Waiting;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Looks at a process at even intervals, from the first record on. One thread. */
final class Sampler<S extends Sample> {
  private final Asked asked;
  private final Consumer<S> tell;

  /** Prepares one; {@code tell} is told of each sample. */
  Sampler(Asked asked, Consumer<S> tell) {
    this.asked = asked;
    this.tell = tell;
  }

  /** A look at the process, so many seconds after the first. */
  @FunctionalInterface
  interface Look<S> {
    S at(double seconds, JvmProbe probe) throws SQLException, IOException;
  }

  /** Looks until the soak is over. */
  List<S> sample(ProductProcess process, Look<S> look) throws SQLException, IOException {
    var samples = new ArrayList<S>();
    var begin = System.nanoTime();
    try (var probe = JvmProbe.attach(process.processId())) {
      while (samples.size() < asked.length().dividedBy(asked.every())) {
        var due = begin + asked.every().multipliedBy(samples.size() + 1L).toNanos();
        var unused = Waiting.within(Duration.ofNanos(due - System.nanoTime()), () -> false);
        var sample = look.at((System.nanoTime() - begin) / 1e9, probe);
        samples.add(sample);
        tell.accept(sample);
      }
    }
    return samples;
  }
}
