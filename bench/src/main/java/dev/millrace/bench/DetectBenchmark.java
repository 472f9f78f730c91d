package dev.millrace.bench;

import dev.millrace.aggregate.DetectionConfig;
import dev.millrace.aggregate.anomaly.Detector;
import dev.millrace.aggregate.anomaly.Feedback;
import dev.millrace.aggregate.anomaly.History;
import dev.millrace.aggregate.anomaly.Watch;
import dev.millrace.aggregate.baseline.Baselines;
import dev.millrace.aggregate.baseline.Norm;
import dev.millrace.aggregate.baseline.SeasonSlot;
import dev.millrace.aggregate.detect.HeapSlots;
import dev.millrace.config.Settings;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What one closed window of a series costs the detection: alone, and with the baselines that it is
 * judged by and that learn it. Windows of 5 s, noise on a level; series that have been judged for
 * some time, in turn.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class DetectBenchmark {
  private static final int VALUES = 1 << 16;
  private static final int BEFORE = 600;
  private static final long LENGTH = 5_000_000;
  private static final Optional<Norm> NORM = Optional.of(new Norm(SeasonSlot.ALL, 100, 5, 10_000));

  private final DetectionConfig config = DetectionConfig.from(Settings.of(Map.of()));
  private final Detector detector = new Detector(config.detector());
  private final Baselines baselines = new Baselines(config.baseline());
  private final double[] values = new double[VALUES];
  private Watch[] watches;
  private History[] histories;
  private HeapSlots[] slots;
  private int series;
  private int at;
  private long begin;

  @Param({"1", "10000"})
  private int inTurn;

  /** Makes the series, and has them judged until their history says something. */
  @Setup
  public void fill() {
    var random = new Random(1);
    for (var i = 0; i < VALUES; i++) {
      values[i] = 100 + 5 * random.nextGaussian();
    }
    watches = new Watch[inTurn];
    histories = new History[inTurn];
    slots = new HeapSlots[inTurn];
    for (var i = 0; i < inTurn; i++) {
      watches[i] = new Watch();
      histories[i] = new History();
      slots[i] = new HeapSlots();
    }
    for (var i = 0; i < BEFORE * inTurn; i++) {
      expectJudgeAndLearn();
    }
  }

  /** The detector alone, with what is expected given. */
  @Benchmark
  public double judge() {
    var value = next();
    return judge(value, NORM);
  }

  /** Looks up what is expected, judges, learns. */
  @Benchmark
  public double expectJudgeAndLearn() {
    var value = next();
    var score = judge(value, baselines.expect(begin, slots[series]));
    baselines.learn(begin, value, slots[series], (season, slot) -> {});
    return score;
  }

  private double judge(double value, Optional<Norm> norm) {
    return detector.judge(
        watches[series],
        histories[series],
        begin,
        begin + LENGTH,
        value,
        norm,
        Feedback.NONE,
        step -> {});
  }

  private double next() {
    if (++series >= inTurn) {
      series = 0;
      begin += LENGTH;
    }
    at = (at + 1) & (VALUES - 1);
    return values[at];
  }
}
