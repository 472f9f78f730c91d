package dev.millrace.bench;

import dev.millrace.aggregate.window.WindowState;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What one sample costs its window, statistics and quantiles together. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class WindowBenchmark {
  private static final int SHORT = 5;
  private static final int LONG = 3_600;

  private final double[] values = new Random(1).doubles(LONG, -60, 0).toArray();

  /** A 5 s window at one sample a second: its quantiles are exact. */
  @Benchmark
  @OperationsPerInvocation(SHORT)
  public WindowState fiveSeconds() {
    return fill(SHORT);
  }

  /** An hour at one sample a second: its quantiles are a sketch. */
  @Benchmark
  @OperationsPerInvocation(LONG)
  public WindowState hour() {
    return fill(LONG);
  }

  private WindowState fill(int samples) {
    var state = new WindowState();
    for (var i = 0; i < samples; i++) {
      state.add(i, i, values[i]);
    }
    return state;
  }
}
